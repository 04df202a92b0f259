using BenchmarkDotNet.Running;

// dotnet run --project tests/Benchmarks --configuration Release -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
