using Makemore.Tensors.Axes;
using Makemore.Tensors.Backends;
using Makemore.Tensors.Backends.CSharp;
using Makemore.Tensors.Expressions;
using Makemore.Tensors.Programs;
using Makemore.Tensors.Running;
using Xunit;
using static Makemore.Tensors.Expressions.Functions;

namespace Makemore.Tensors.Roslyn;

public sealed class KernelCacheTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("makemore-kernels-").FullName;

    static int programs;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> Damages => ["nothing", "truncated", "half", "flipped", "foreign", "renamed", "folder"];

    [Fact]
    public void What_was_kept_is_found()
    {
        var cache = new KernelCache(Path.Combine(folder, "new", "folder"));
        Assert.Null(cache.Find("key"));
        cache.Keep("key", [1, 2, 3]);
        Assert.Equal([1, 2, 3], cache.Find("key"));
        cache.Keep("key", [4, 5]);
        Assert.Equal([4, 5], cache.Find("key"));
        Assert.Single(Directory.GetFiles(cache.Folder));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_as_good_as_none_and_replaced(string damage)
    {
        var cache = new KernelCache(folder);
        var (program, compiler) = (NewProgram(), new RecordingCompiler());
        cache.Keep(compiler.KeyOf(program), [1, 2, 3, 4, 5]);
        Damage(damage, Directory.GetFiles(folder).Single());
        Assert.Null(cache.Find(compiler.KeyOf(program)));

        new CSharpBackend(compiler, cache).Compile(program);
        Assert.Equal(1, compiler.Compilations);
        Assert.Equal(damage == "folder" ? null : compiler.Assembly, cache.Find(compiler.KeyOf(program)));
    }

    [Fact]
    public void A_full_cache_needs_no_compiler()
    {
        var (cache, program, compiler) = (new KernelCache(folder), NewProgram(), new RecordingCompiler());
        cache.Keep(compiler.KeyOf(program), compiler.AssemblyOf(program));
        using var storage = new Storage();
        using var routine = new Routine(program, new CSharpBackend(null, cache), storage);
        routine.Run();
        Assert.Equal(20, routine.Output().Length);
    }

    [Fact]
    public void An_empty_cache_without_a_compiler_is_a_clear_error()
    {
        var program = NewProgram();
        Assert.Equal(
            $"the program '{program.Name}' is not in the kernel cache, and there is no compiler",
            Assert.Throws<InvalidOperationException>(() => new CSharpBackend(null, new KernelCache(folder)).Compile(program)).Message);
        Assert.Throws<InvalidOperationException>(() => new CSharpBackend(null, null).Compile(program));
    }

    [Fact]
    public void Equal_programs_are_compiled_once()
    {
        var (program, compiler) = (NewProgram(), new RecordingCompiler());
        var backend = new CSharpBackend(compiler, new KernelCache(folder));
        backend.Compile(program);
        backend.Compile(program);
        new CSharpBackend(compiler, null).Compile(program);
        Assert.Equal(1, compiler.Compilations);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_error()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "not a folder");
        var compiler = new RecordingCompiler();
        new CSharpBackend(compiler, new KernelCache(file)).Compile(NewProgram());
        new CSharpBackend(compiler, new KernelCache(Path.Combine(file, "below"))).Compile(NewProgram());
        new CSharpBackend(compiler, new KernelCache("/proc/makemore")).Compile(NewProgram());
        Assert.Equal(3, compiler.Compilations);
    }

    [Fact]
    public void Many_may_share_a_folder()
    {
        var contents = Enumerable.Range(1, 8).Select(i => Enumerable.Repeat((byte)i, 20_000).ToArray()).ToArray();
        Parallel.For(0, 100, i =>
        {
            var cache = new KernelCache(folder);
            cache.Keep("shared", contents[i % contents.Length]);
            Assert.Contains(cache.Find("shared"), contents);
        });
        Assert.Single(Directory.GetFiles(folder));
    }

    void Damage(string damage, string file)
    {
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        switch (damage)
        {
            case "truncated":
                File.WriteAllBytes(file, bytes[..^1]);
                break;
            case "half":
                File.WriteAllBytes(file, bytes[..16]);
                break;
            case "flipped":
                bytes[^2] ^= 1;
                File.WriteAllBytes(file, bytes);
                break;
            case "foreign":
                File.WriteAllText(file, new string('x', 5000));
                break;
            case "renamed":
                new KernelCache(folder).Keep("another", [1, 2, 3]);
                File.Move(Directory.GetFiles(folder).Single(), file);
                break;
            case "folder":
                Directory.CreateDirectory(file);
                break;
        }
    }

    // One that no test of this process has loaded.
    static Program NewProgram() => Program.Of($"cached{Interlocked.Increment(ref programs)}", [Tanh(new Input("x", [new Axis("i", 20)]))]);

    sealed class RecordingCompiler : IKernelCompiler
    {
        bool isProbe;
        string key = "";

        public int Compilations { get; private set; }

        public byte[] Assembly { get; private set; } = [];

        public byte[] Compile(string assemblyName, string source)
        {
            key = assemblyName[(assemblyName.LastIndexOf('.') + 1)..];
            Assembly = new RoslynCompiler().Compile(assemblyName, source);
            if (isProbe)
                throw new OperationCanceledException("nothing is to be loaded yet");
            Compilations++;
            return Assembly;
        }

        public string KeyOf(Program program)
        {
            Probe(program);
            return key;
        }

        public byte[] AssemblyOf(Program program)
        {
            Probe(program);
            return Assembly;
        }

        // The key is the backend's own affair; it shows in the name of the assembly.
        void Probe(Program program)
        {
            if (key.Length > 0)
                return;
            isProbe = true;
            Assert.Throws<OperationCanceledException>(() => new CSharpBackend(this, null).Compile(program));
            isProbe = false;
        }
    }
}
