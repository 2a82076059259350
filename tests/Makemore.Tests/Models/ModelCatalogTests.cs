using Xunit;

namespace Makemore.Models;

public class ModelCatalogTests
{
    [Fact]
    public void Model_that_is_trained_is_not_made_of_counts() =>
        Assert.Throws<MakemoreException>(() => SmallTraining.Data.Counted(SmallTraining.ModelSettings));

    [Theory]
    [InlineData(0)]
    [InlineData(2_000_000_000)]
    public void Model_of_lines_longer_than_any_is_refused(int block) =>
        Assert.Throws<MakemoreException>(() => ModelCatalog.Create(ModelCatalog.Initial("rnn") with { Block = block }, 27));

    [Fact]
    public void Mlp_of_the_lectures_has_11897_parameters() => Assert.Equal(11_897, ModelCatalog.Create(new ModelSettings(), 27).ParameterCount);

    [Fact]
    public void Parameters_are_drawn_in_the_lectures_order() =>
        Assert.Equal(["C", "W1", "b1", "W2", "b2"], ModelCatalog.Create(new ModelSettings(), 27).Parameters.Select(parameter => parameter.Name));

    [Theory]
    [InlineData("gpt5", 3, 10, 200, "unknown model 'gpt5'; known are: bigram-counts, ngram, bigram, bigram-net, mlp, mlp-bn, mlp-deep, wavenet, wavenet-dilated, transformer, microgpt, bow, mlp-makemore, rnn, gru, lstm")]
    [InlineData("mlp", 0, 10, 200, "block is 0; it must lie between 1 and 64")]
    [InlineData("mlp", 3, 5000, 200, "embed is 5000; it must lie between 1 and 4,096")]
    [InlineData("mlp", 3, 10, -1, "hidden is -1; it must lie between 1 and 16,384")]
    public void Settings_that_make_no_sense_are_refused(string model, int block, int embed, int hidden, string message)
    {
        var settings = new ModelSettings { Model = model, Block = block, Embed = embed, Hidden = hidden };
        Assert.Equal(message, Assert.Throws<MakemoreException>(() => ModelCatalog.Validate(settings)).Message);
        Assert.Equal(message, Assert.Throws<MakemoreException>(() => ModelCatalog.Create(settings, 27)).Message);
    }

    [Theory]
    [InlineData(5, 64, 4, "5 heads cannot share a width of 64 evenly; choose a width that is a multiple of the heads")]
    [InlineData(0, 64, 4, "heads is 0; it must lie between 1 and 256")]
    [InlineData(4, 5000, 4, "width is 5000; it must lie between 1 and 4,096")]
    [InlineData(4, 64, 65, "layers is 65; it must lie between 1 and 64")]
    public void Transformers_that_make_no_sense_are_refused(int heads, int width, int layers, string message)
    {
        var settings = new ModelSettings { Model = "transformer", Heads = heads, Width = width, Layers = layers };
        Assert.Equal(message, Assert.Throws<MakemoreException>(() => ModelCatalog.Validate(settings)).Message);
    }

    [Fact]
    public void Model_that_is_too_large_is_refused()
    {
        static string Refusal(ModelSettings settings) => Assert.Throws<MakemoreException>(() => ModelCatalog.Create(settings, 27)).Message;
        Assert.StartsWith("the model would have 4,295,536,667 parameters, and 100,000,000 are allowed", Refusal(new() { Block = 64, Embed = 4096, Hidden = 16_384 }));
        Assert.StartsWith("the model would have 12,8", Refusal(new() { Model = "transformer", Block = 16, Layers = 64, Width = 4096 }));
    }
}
