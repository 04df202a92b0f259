using System.Reflection;
using Tempera.Silo.Devices;
using Xunit;

namespace Tempera.Torch.Tests;

/// <summary>libtorch for the tests: the folder in TEMPERA_LIBTORCH, else the CPU package in the package cache.</summary>
internal static class LibTorch
{
    private static readonly Lazy<TorchReport> Report = new(() => Loader().Load());

    /// <summary>The folder of the package that this project downloads; null where there is none for the platform, or the tests run elsewhere than where they were built.</summary>
    public static string? PackageFolder { get; } = typeof(LibTorch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(static attribute => attribute.Key == nameof(LibTorch) && Directory.Exists(attribute.Value))?.Value;

    /// <summary>A loader that looks where the tests do.</summary>
    public static TorchLoader Loader() => new(
        Environment.GetEnvironmentVariable(TorchFolder.Variable) ?? PackageFolder,
        Environment.GetEnvironmentVariable(TorchLoader.AnyVersionVariable) == "1",
        TorchLoader.ApplicationFolders());

    /// <summary>Loads libtorch, or skips the test with the reason.</summary>
    public static void Require()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(TorchFolder.Variable) is null && PackageFolder is null, "No libtorch package for this platform; set TEMPERA_LIBTORCH.");
        Assert.Null(Report.Value.Failure);
    }

    /// <summary>Skips the test where there is no GPU.</summary>
    public static void RequireCuda()
    {
        Require();
        Assert.SkipWhen(Report.Value.Gpus == 0, "No GPU that libtorch can use: set TEMPERA_LIBTORCH to a CUDA build on a machine with one.");
    }
}
