using Xunit.Sdk;
using Xunit.v3;

// Live tensors, resident memory and the threads of libtorch belong to the whole process.
[assembly: Parallelization(Mode = ParallelMode.None)]
