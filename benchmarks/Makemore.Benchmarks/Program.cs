return Makemore.Benchmarks.BenchmarkCommands.Create().Parse(args).Invoke();
