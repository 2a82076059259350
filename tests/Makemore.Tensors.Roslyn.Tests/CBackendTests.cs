using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.C;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Formulas;
using Makemore.Tensors.Loops;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Makemore.Testing;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

/// <summary>What is C's own; that it computes the right thing is tested wherever <see cref="Compiled"/> is the judge.</summary>
public class CBackendTests
{
    static readonly Program Small = Program.Of("small", [Tanh(new Input("x", [new Axis("i", 20)]))]);

    [Fact]
    public void Programs_of_the_other_tests_ran_as_C_too() => AvailableC.Required();

    [Fact]
    public void The_source_of_a_bigram_model_reads_like_this()
    {
        Axis batch = new("batch", 32), vocab = new("vocab", 27), embed = new("embed", 10), next = new("next", 27);
        Parameter table = new("C", [vocab, embed], Initializers.Normal(1)), weights = new("W", [embed, vocab], Initializers.Normal(1)), bias = new("b", [vocab], Initializers.Normal(1));
        var logits = (table[new IndexInput("x", [batch], vocab)].As("emb").Dot(weights.Rename(vocab, next), [embed]) + bias.Rename(vocab, next)).As("logits");
        Expected.Matches("bigram.c", CWriter.Write(LoopProgram.Of(Program.Of("bigram", [Softmax(logits, [next]).As("probabilities")]))));
    }

    [Fact]
    public void Every_scalar_function_has_a_text()
    {
        var x = new Input("x", [new Axis("i", 20)]);
        var functions = typeof(ScalarFunction).GetProperties().Where(property => property.PropertyType == typeof(ScalarFunction)).Select(property => (ScalarFunction)property.GetValue(null)!);
        Assert.All(functions, function => CWriter.Write(LoopProgram.Of(Program.Of("one", [Map.Of(function, [.. Enumerable.Repeat(x, function.Arity)])]))));
    }

    [Fact]
    public void A_machine_without_a_compiler_is_told_what_to_do() => Assert.Equal(
        "there is no C compiler 'no-such-cc' on this machine; install one such as gcc, or name one in the environment variable CC",
        Assert.Throws<BackendUnavailableException>(() => new CBackend(new CCompiler("no-such-cc -m64"), null).Compile(Small)).Message);

    [Fact]
    public void A_command_that_is_no_compiler_is_named() => Assert.StartsWith(
        "'false' is no C compiler that this backend can use: ",
        Assert.Throws<BackendUnavailableException>(() => new CBackend(new CCompiler("false"), null).Compile(Small)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_the_compiler_complains_of_is_shown()
    {
        AvailableC.Required();
        var message = Assert.Throws<InvalidOperationException>(() => new CCompiler().Compile("void run(char **memory) { nothing(; }")).Message;
        Assert.StartsWith("generated C does not compile: ", message, StringComparison.Ordinal);
        Assert.Contains("error:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compiled_programs_are_kept_by_source_and_compiler()
    {
        AvailableC.Required();
        var cc = Environment.GetEnvironmentVariable("CC") is { Length: > 0 } named ? named : "cc";
        var folder = Directory.CreateTempSubdirectory("makemore-kernels-");
        try
        {
            var cache = new KernelCache(folder.FullName);
            foreach (var command in new[] { cc, cc, $"{cc} -g0" })
            {
                using var storage = new Storage();
                using var routine = new Routine(Small, new CBackend(new CCompiler(command), cache), storage);
                routine.Run();
                Assert.Equal(new float[20], routine.Output());
            }

            Assert.Equal(2, folder.GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
