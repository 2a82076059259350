using System.Text;
using Xunit;

namespace Makemore.Cli;

public class BadInputTests
{
    [Theory]
    [InlineData("train missing.txt", "there is no file 'missing.txt'; give a text file with one thing a line")]
    [InlineData("train folder", "'folder' is a directory; give a text file with one thing a line")]
    [InlineData("train empty.txt", "'empty.txt' is empty; give at least 6 lines of text, one thing a line")]
    [InlineData("train blank.txt", "'blank.txt' has only blank lines; give at least 6 lines of text, one thing a line")]
    [InlineData("train latin1.txt", "'latin1.txt' is not UTF-8 text: bad byte 0xE9 at offset 3; save it as UTF-8")]
    [InlineData("train one.txt", "'one.txt' has only one line that is not blank; give at least 6 lines of text, one thing a line")]
    [InlineData("train long.txt", "line 2 of 'long.txt' has 10,001 characters, and 10,000 are allowed; give one thing a line")]
    [InlineData("train few.txt", "'few.txt' has 5 lines, too few for parts of 80, 10 and 10 %; give at least 6")]
    [InlineData("train --steps 0", "steps is 0; it must lie between 1 and 1,000,000,000")]
    [InlineData("train --steps -5", "steps is -5; it must lie between 1 and 1,000,000,000")]
    [InlineData("train --steps 99999999999", "--steps is '99999999999'; give a whole number, such as 200000; see 'makemore train --help'")]
    [InlineData("train --steps 1e3", "--steps is '1e3'; give a whole number, such as 200000; see 'makemore train --help'")]
    [InlineData("train --steps", "Required argument missing for option: '--steps'; see 'makemore train --help'")]
    [InlineData("train --batch 0", "batch is 0; it must lie between 1 and 65,536")]
    [InlineData("train --batch many", "--batch is 'many'; give a whole number, such as 32; see 'makemore train --help'")]
    [InlineData("train --lr 0", "the learning rate is 0; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr -1", "the learning rate is -1; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr nan", "the learning rate is NaN; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr 0.1,infinity", "the learning rate is Infinity; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr 1e300", "the learning rate is 1E+300; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr inf", "the learning rate is Infinity; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr 1e308", "the learning rate is 1E+308; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("train --lr 1e-60", "the learning rate is 1E-60; as a 32-bit number it must be above 0 and at most 3.4E+38, such as 0.1")]
    [InlineData("sample folder --temperature -inf", "the temperature is -Infinity; it must be a number between 0.01 and 100")]
    [InlineData("train --lr 0.1,,0.01", "--lr is '0.1,,0.01'; give numbers with commas between, such as 0.1,0.01")]
    [InlineData("train --lr fast", "--lr is 'fast'; give numbers with commas between, such as 0.1,0.01")]
    [InlineData("train --lr 3,2,1 --steps 2", "there are 3 learning rates for 2 steps; give at least one, and no more than there are steps")]
    [InlineData("train --schedule constant --lr 1,2", "there are 2 learning rates for a constant schedule; give one")]
    [InlineData("train --schedule cosine --lr 3,2,1", "there are 3 learning rates for a cosine schedule; give one or two, from and to")]
    [InlineData("train --block 0", "block is 0; it must lie between 1 and 64")]
    [InlineData("train --embed -3", "embed is -3; it must lie between 1 and 4,096")]
    [InlineData("train --hidden 1000000", "hidden is 1000000; it must lie between 1 and 16,384")]
    [InlineData("train --hidden 16384 --batch 65536", "a step would take about 25.8 GB, and 2 GB are allowed; choose a smaller batch or a smaller model")]
    [InlineData("inspect wavenet --batch 65536 --block 64 --hidden 1024", "a step would take about 209.1 GB, and 2 GB are allowed; choose a smaller batch or a smaller model")]
    [InlineData("train --hidden 16384 --embed 4096 --block 64", "the model would have 4,295,536,667 parameters, and 100,000,000 are allowed; choose a smaller one")]
    [InlineData("train --seed x", "--seed is 'x'; give a whole number, such as 2147483647; see 'makemore train --help'")]
    [InlineData("train --model transformer --heads 5", "5 heads cannot share a width of 64 evenly; choose a width that is a multiple of the heads")]
    [InlineData("train --model transformer --block 8", "--block means nothing to the model 'transformer'; leave it out")]
    [InlineData("train --model rnn --layers 2", "--layers means nothing to the model 'rnn'; leave it out")]
    [InlineData("train --model transformer --layers x", "--layers is 'x'; give a whole number, such as 4; see 'makemore train --help'")]
    [InlineData("train --model gpt5", "unknown model 'gpt5'; known are: bigram-counts, ngram, bigram, bigram-net, mlp, mlp-bn, mlp-deep, wavenet, wavenet-dilated, transformer, microgpt, bow, mlp-makemore, rnn, gru, lstm")]
    [InlineData("train --model ngram --order 7", "order is 7; it must lie between 2 and 6")]
    [InlineData("train --model ngram -n 1", "order is 1; it must lie between 2 and 6")]
    [InlineData("train --model ngram --steps 10", "--steps means nothing to the model 'ngram', which is counted and not trained in steps; leave it out")]
    [InlineData("train --model ngram --hidden 10", "--hidden means nothing to the model 'ngram'; leave it out")]
    [InlineData("train --order 3", "--order means nothing to the model 'mlp'; leave it out")]
    [InlineData("train --model bigram --block 3", "--block means nothing to the model 'bigram'; leave it out")]
    [InlineData("train --gain 1", "--gain means nothing to the model 'mlp'; leave it out")]
    [InlineData("train --model mlp-deep --gain -1", "gain is -1; it must lie between 0 and 1,000")]
    [InlineData("train --model mlp-deep --norm layer", "--norm is 'layer'; known are: batch, none")]
    [InlineData("train --model mlp-bn --batch 1", "batch normalisation needs a batch of at least 2: one example has no variance")]
    [InlineData("train --calibrate", "there is nothing to calibrate: the model has no batch normalisation; leave --calibrate out")]
    [InlineData("train --model wavenet --block 6", "block is 6; each layer of 'wavenet' sees twice as much of it as the one before, so it must be 2, 4, 8, 16, 32 or 64")]
    [InlineData("train --model wavenet-dilated --embed 6", "--embed means nothing to the model 'wavenet-dilated'; leave it out")]
    [InlineData("train --model bigram-counts --smoothing 0", "smoothing is 0; it must lie between 0.000001 and 1,000,000")]
    [InlineData("train few.txt --split half", "--split is 'half'; known are: lecture, makemore, unique")]
    [InlineData("train few.txt --split makemore", "'few.txt' has 5 lines, too few to hold out a tenth; give at least 10")]
    [InlineData("train same.txt --split unique", "'same.txt' has 1 different line, too few for parts of 80, 10 and 10 %; give at least 6")]
    [InlineData("train --lr 2,1 --steps 1", "there are 2 learning rates for 1 step; give at least one, and no more than there are steps")]
    [InlineData("inspect ngram", "the model 'ngram' is made of counts: it has no parameters and no training step")]
    [InlineData("inspect mlp --order 3", "unknown option '--order'; see 'makemore inspect --help'")]
    [InlineData("train --optimizer rmsprop", "--optimizer is 'rmsprop'; known are: sgd, adam, adamw")]
    [InlineData("train --schedule sine", "--schedule is 'sine'; known are: step, constant, linear, cosine")]
    [InlineData("train --optimizer adam --momentum 0.9", "--momentum means nothing to the optimizer 'adam'; leave it out")]
    [InlineData("train --beta1 0.9", "--beta1 means nothing to the optimizer 'sgd'; leave it out")]
    [InlineData("train --momentum 1", "momentum is 1; it must be at least 0 and below 1")]
    [InlineData("train --nesterov", "nesterov needs a momentum above 0, such as 0.9")]
    [InlineData("train --optimizer adamw --weight-decay much", "--weight-decay is 'much'; give a number, such as 0.01; see 'makemore train --help'")]
    [InlineData("train --clip -1", "clip is -1; it must lie between 0 and 1,000,000")]
    [InlineData("train --find-lr --steps 7", "--steps means nothing to --find-lr, which goes through learning rates of its own and saves nothing; leave it out")]
    [InlineData("train --find-lr --out x", "--out means nothing to --find-lr, which goes through learning rates of its own and saves nothing; leave it out")]
    [InlineData("train --model ngram --find-lr", "--find-lr means nothing to the model 'ngram', which is counted and not trained in steps; leave it out")]
    [InlineData("score folder emma", "'folder' is not the folder of a run: it has no config.json")]
    [InlineData("score folder", "give either strings to score, or --file with a file of them; see 'makemore score --help'")]
    [InlineData("score folder emma --file few.txt", "give either strings to score, or --file with a file of them; see 'makemore score --help'")]
    [InlineData("train --backend rust", "unknown backend 'rust'; known are: csharp, cc, interpreter")]
    [InlineData("train --model ngram --check", "--check means nothing to the model 'ngram', which is counted and not trained in steps; leave it out")]
    [InlineData("train --threads 0", "threads is 0; it must lie between 1 and 256")]
    [InlineData("train --threads -2", "threads is -2; it must lie between 1 and 256")]
    [InlineData("train --threads 1000", "threads is 1000; it must lie between 1 and 256")]
    [InlineData("train --threads all", "--threads is 'all'; give a whole number, such as 2; see 'makemore train --help'")]
    [InlineData("train --check --threads 2", "--check runs on one thread; leave --threads out")]
    [InlineData("train --backend cc --threads 2", "--backend cc runs on one thread; leave --threads out")]
    [InlineData("train --backend interpreter --find-lr --threads 2", "--backend interpreter runs on one thread; leave --threads out")]
    [InlineData("train --model ngram --threads 2", "--threads means nothing to the model 'ngram', which is counted and not trained in steps; leave it out")]
    [InlineData("inspect mlp --threads 0", "threads is 0; it must lie between 1 and 256")]
    [InlineData("inspect mlp --threads 2", "--threads changes the stages loops and csharp; --stage program is the same for any number")]
    [InlineData("train --out folder", "--out 'folder' exists and is not empty; give another folder, or remove it first")]
    [InlineData("train --out few.txt", "--out 'few.txt' is a file; give a folder to make")]
    [InlineData("train --out few.txt/run", "cannot write to 'few.txt/run': '{folder}/few.txt' is a file; choose another folder with --out")]
    [InlineData("train few.txt --out --keep-last", "--out is missing its folder; '--keep-last' is an option; for a folder of that name write ./--keep-last; see 'makemore train --help'")]
    [InlineData("train --out -n", "--out is missing its folder; '-n' is an option; for a folder of that name write ./-n; see 'makemore train --help'")]
    [InlineData("train --model --lr 1", "--model is missing its name; '--lr' is an option; see 'makemore train --help'")]
    [InlineData("train --lr --check", "--lr is missing its numbers; '--check' is an option; see 'makemore train --help'")]
    [InlineData("train --split --calibrate", "--split is missing its value; '--calibrate' is an option; see 'makemore train --help'")]
    [InlineData("score folder --file --backend", "--file is missing its file; '--backend' is an option; for a file of that name write ./--backend; see 'makemore score --help'")]
    [InlineData("train --bogus", "unknown option '--bogus'; see 'makemore train --help'")]
    [InlineData("train --hiden 3", "unknown option '--hiden'; see 'makemore train --help'")]
    [InlineData("train few.txt --hiden 3", "unknown option '--hiden'; see 'makemore train --help'")]
    [InlineData("sample --tempature 0.5 folder", "unknown option '--tempature'; see 'makemore sample --help'")]
    [InlineData("train --steps 1 --steps 2", "--steps is given twice; give it once; see 'makemore train --help'")]
    [InlineData("train --out x --steps 1 --out y --out z", "--out is given 3 times; give it once; see 'makemore train --help'")]
    [InlineData("sample folder -n 5 --count 5", "-n is given twice; give it once; see 'makemore sample --help'")]
    [InlineData("train few.txt one.txt", "'one.txt' is one argument too many; see 'makemore train --help'")]
    [InlineData("trian", "unknown command 'trian'; known are: train, sample, score, inspect, models; see 'makemore --help'")]
    [InlineData("--bogus", "unknown option '--bogus'; see 'makemore --help'")]
    [InlineData("sample", "Required argument missing for command: 'sample'; see 'makemore sample --help'")]
    [InlineData("sample missing", "there is no folder 'missing'; give the folder of a run, as 'makemore train --out' made it")]
    [InlineData("sample few.txt", "'few.txt' is a file; give the folder of a run, as 'makemore train --out' made it")]
    [InlineData("sample folder", "'folder' is not the folder of a run: it has no config.json")]
    [InlineData("sample folder -n 0", "-n is 0; it must lie between 1 and 1,000,000,000")]
    [InlineData("sample folder -n few", "-n is 'few'; give a whole number, such as 20; see 'makemore sample --help'")]
    [InlineData("sample folder --temperature 0", "the temperature is 0; it must be a number between 0.01 and 100")]
    [InlineData("sample folder --temperature NaN", "the temperature is NaN; it must be a number between 0.01 and 100")]
    [InlineData("sample folder --temperature warm", "--temperature is 'warm'; give a number, such as 1; see 'makemore sample --help'")]
    [InlineData("sample folder --top-p 0", "top-p is 0; it must be above 0 and at most 1")]
    [InlineData("sample folder --min-length 5 --max-length 4", "the greatest length is 4; it must lie between 5, the least, and 10,000")]
    [InlineData("sample folder --greedy --temperature 2", "--temperature means nothing with --greedy; leave it out")]
    [InlineData("score folder --neww", "unknown option '--neww'; to score it as it is, write -- before it")]
    [InlineData("score folder --file empty.txt", "'folder' is not the folder of a run: it has no config.json")]
    [InlineData("inspect gpt5", "'gpt5' is neither a model nor the folder of a run; models are: bigram, bigram-net, mlp, mlp-bn, mlp-deep, wavenet, wavenet-dilated, transformer, microgpt, bow, mlp-makemore, rnn, gru, lstm")]
    [InlineData("sample folder --backend cuda", "unknown backend 'cuda'; known are: csharp, cc, interpreter")]
    [InlineData("inspect mlp --stage ptx", "unknown stage 'ptx'; known are: expressions, program, loops, csharp, c")]
    [InlineData("inspect mlp --only sideways", "unknown section 'sideways'; known are: forward, backward, update")]
    [InlineData("inspect mlp --only Forward", "unknown section 'Forward'; known are: forward, backward, update")]
    [InlineData("inspect mlp --tensor h.gard", "there is no tensor 'h.gard' at this stage; near are: h.grad, C.grad, W1.grad, b1.grad, W2.grad")]
    [InlineData("inspect mlp --tensor W1.transposed", "there is no tensor 'W1.transposed' at this stage; near are: W1.grad, b1.grad, W2.grad, h.grad, C.grad")]
    [InlineData("inspect mlp --tensor x --only update", "no line of the update section reads or writes 'x'")]
    [InlineData("inspect mlp --tensor", "Required argument missing for option: '--tensor'; see 'makemore inspect --help'")]
    [InlineData("inspect mlp --values --dot", "--values and --dot do not go together: a drawing has no numbers")]
    [InlineData("inspect mlp --values --stage loops", "--values shows the lines of the program; leave out --stage loops")]
    [InlineData("inspect mlp --dot --stage csharp", "--dot draws the program or the expressions; --stage csharp has no graph")]
    [InlineData("inspect mlp --rewrites --dot", "--rewrites tells of the whole program; leave out --stage, --only, --tensor, --values and --dot")]
    [InlineData("inspect folder", "'folder' is not the folder of a run: it has no config.json")]
    [InlineData("inspect mlp --batch 0", "batch is 0; it must lie between 1 and 65,536")]
    public void Bad_input_is_told_in_one_line_and_nothing_is_written(string commandLine, string message)
    {
        using var folder = Folder();
        string[] before = [.. folder.Entries];
        var result = MakemoreProcess.Run(folder.Path, commandLine.Split(' '));
        Assert.Equal($"makemore: {message.Replace("{folder}", folder.Path)}\n", result.Error);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Equal(before, folder.Entries);
    }

    [Theory]
    [InlineData("\e[31mred\a", "U+001B[31mredU+0007")]
    [InlineData("\u202Etxt.exe\u2066", "U+202Etxt.exeU+2066")]
    [InlineData("\u009B2J\u007F\t", "U+009B2JU+007FU+0009")]
    [InlineData("two\nlines zoë 👩‍🚀", "two lines zoë 👩‍🚀")]
    public void Nothing_that_a_terminal_obeys_is_told(string name, string shown)
    {
        var result = MakemoreProcess.Run(Path.GetTempPath(), "train", name);
        Assert.Equal($"makemore: there is no file '{shown}'; give a text file with one thing a line\n", result.Error);
    }

    [Fact]
    public void Streams_that_cannot_be_written_have_exit_codes_of_their_own()
    {
        if (!File.Exists("/dev/full"))
            Assert.Skip("there is no /dev/full");
        using var folder = new TemporaryFolder();
        Assert.Equal(74, MakemoreProcess.RunShell(folder.Path, "$makemore models >&-").ExitCode);
        Assert.Equal(2, MakemoreProcess.RunShell(folder.Path, "$makemore sample nope 2> /dev/full").ExitCode);
    }

    [Fact]
    public void Output_that_cannot_be_written_is_told_in_one_line()
    {
        if (!File.Exists("/dev/full"))
            Assert.Skip("there is no /dev/full");
        using var folder = Folder();
        var result = MakemoreProcess.RunShell(folder.Path, "$makemore inspect mlp > /dev/full");
        Assert.Equal((74, "makemore: the output cannot be written: No space left on device\n"), (result.ExitCode, result.Error.Replace(" : '/dev/full'", "")));
    }

    static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder"]);
        File.WriteAllText(folder["folder/something"], "");
        File.WriteAllText(folder["empty.txt"], "");
        File.WriteAllText(folder["blank.txt"], " \n\t\n\n");
        File.WriteAllBytes(folder["latin1.txt"], Encoding.Latin1.GetBytes("René\nMia\n"));
        File.WriteAllText(folder["one.txt"], "\nemma\n");
        File.WriteAllText(folder["long.txt"], $"emma\n{new string('x', 10_001)}\n");
        File.WriteAllText(folder["few.txt"], "ann\nbob\ncid\ndan\neve\n");
        File.WriteAllText(folder["same.txt"], "ann\nann\n");
        return folder;
    }
}
