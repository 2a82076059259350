using System.Text.Json;
using Makemore.Models;
using Makemore.Testing;
using Makemore.Text;
using Makemore.Training;

namespace Makemore;

/// <summary>The lectures' names, and the figures that their notebooks print.</summary>
static class Lectures
{
    /// <summary>The names.</summary>
    public static Corpus Names => Corpus.Load(TestData.LectureNames);

    /// <summary>The names split as in the lectures, with contexts of three characters.</summary>
    public static TrainingData Data => new(Names, block: 3);

    /// <summary>The MLP of parts 2 and 3.</summary>
    public static LanguageModel Mlp(int embed = 10, int hidden = 200) => ModelCatalog.Create(new ModelSettings { Embed = embed, Hidden = hidden }, vocabulary: 27);

    /// <summary>What a lecture found.</summary>
    /// <param name="part">The lecture, such as <c>part3</c>.</param>
    /// <param name="name">The figure's name there.</param>
    public static JsonElement Figure(string part, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.Reference("lectures.json")));
        return document.RootElement.GetProperty(part).GetProperty("figures").EnumerateArray()
            .First(figure => figure.GetProperty("name").GetString() == name).GetProperty("value").Clone();
    }
}
