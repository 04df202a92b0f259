using Tempera.Contracts.Errors;
using Tempera.Model.Engines.Simd;
using Tempera.Model.Engines.Torch;
using Tempera.Model.Networks;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Silo.Devices;
using Tempera.Silo.Tools;
using Xunit;

namespace Tempera.Torch.Tests.Devices;

public sealed class TorchLoaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tempera-test-");

    [Fact]
    public void WithoutLibtorchTheErrorNamesTheVariableAndTheBuild()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems leave loading to TorchSharp.");
        var failure = new TorchLoader(null, false, [_folder.FullName]).Load().Failure;
        Assert.NotNull(failure);
        Assert.Contains("TEMPERA_LIBTORCH", failure, StringComparison.Ordinal);
        Assert.Contains("-p:TorchBackend", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutLibtorchIsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems leave loading to TorchSharp.");
        var failure = new TorchLoader(_folder.FullName, false, TorchLoader.ApplicationFolders()).Load().Failure;
        Assert.Contains(_folder.FullName, failure, StringComparison.Ordinal);
        Assert.Contains("libtorch_cpu.so", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("__version__ = '2.10.0+cu128'\n", false, null)]
    [InlineData("__version__ = '2.8.0'\ndebug = False\n", false, "holds 2.8.0")]
    [InlineData("__version__ = '2.100.0'\n", false, "holds 2.100.0")]
    [InlineData("__version__ = '2.8.0'\n", true, null)]
    public void TheVersionBesideTheLibrariesIsChecked(string python, bool anyVersion, string? complaint)
    {
        LibTorch.Require();
        Assert.SkipWhen(LibTorch.PackageFolder is null, "The libraries come from the package.");
        var libraries = _folder.CreateSubdirectory("torch/lib");
        foreach (var file in Directory.GetFiles(LibTorch.PackageFolder!))
        {
            File.CreateSymbolicLink(Path.Combine(libraries.FullName, Path.GetFileName(file)), file);
        }

        File.WriteAllText(Path.Combine(libraries.Parent!.FullName, "version.py"), python);
        var report = new TorchLoader(libraries.FullName, anyVersion, TorchLoader.ApplicationFolders()).Load();
        if (complaint is null)
        {
            Assert.Null(report.Failure);
        }
        else
        {
            Assert.Contains(complaint, report.Failure, StringComparison.Ordinal);
            Assert.Contains("2.10", report.Failure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void LibrariesWithoutTheSymbolsAreRefusedByName()
    {
        LibTorch.Require();
        Assert.SkipWhen(LibTorch.PackageFolder is null, "The libraries come from the package.");

        // A library that loads and has nothing of libtorch in it.
        File.Copy(Path.Combine(LibTorch.PackageFolder!, "libtorch_global_deps.so"), Path.Combine(_folder.FullName, "libtorch_cpu.so"));
        foreach (var file in Directory.GetFiles(LibTorch.PackageFolder!, "libgomp*"))
        {
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, Path.GetFileName(file)), file);
        }

        var failure = new TorchLoader(_folder.FullName, true, TorchLoader.ApplicationFolders()).Load().Failure;
        Assert.NotNull(failure);
        Assert.Matches(@"lacks \d{3,4} of its symbols \(_Z", failure);
    }

    [Fact]
    public void CudaIsRefusedAtOnceWhereThereIsNoneAndAutoFallsBack()
    {
        LibTorch.Require();
        Assert.SkipWhen(LibTorch.Loader().Load().Gpus > 0, "There is a GPU.");
        using var meter = new DeviceMeter();
        var factory = new DeviceEngineFactory(LibTorch.Loader(), meter);
        var space = new HypergridSpace(2, 3);
        var settings = new LearnerSettings { Device = "cuda:0" };
        var parameters = new PolicyParameters(new PolicyArchitecture(space, settings, (1, 3)));
        var error = Assert.Throws<TemperaException>(() => factory.Create(space, parameters, settings));
        Assert.Equal(TemperaError.Device, error.Code);
        Assert.Contains("--device torch-cpu", error.Message, StringComparison.Ordinal);
        using var automatic = factory.Create(space, parameters, settings with { Device = "auto" });
        Assert.IsType<SimdEngine>(automatic);
        using var torch = factory.Create(space, parameters, settings with { Device = "torch-cpu" });
        Assert.IsType<TorchEngine>(torch);
    }

    [Fact]
    public void TheDoctorListsEveryDeviceWithAReasonWhereItDoesNotWork()
    {
        LibTorch.Require();
        var reports = DeviceTools.Doctor(LibTorch.Loader());
        Assert.Equal(["cpu", "torch-cpu", "cuda:0", "auto"], reports.Select(static report => report.Device).Where(static device => device is not ("cuda:1" or "cuda:2" or "cuda:3" or "cuda:4" or "cuda:5" or "cuda:6" or "cuda:7")));
        Assert.All(reports, static report => Assert.Equal(report.Usable, report.Reason is null));
        Assert.True(reports.Single(static report => report.Device == "torch-cpu").Usable);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
