using Tempera.Silo.Devices;
using Xunit;

namespace Tempera.Torch.Tests.Devices;

public sealed class ShimRepairTests
{
    private const string CppLibrary = "libstdc++.so.6";

    [Fact]
    public void TheShimAsksForAVersionOfGcc13ThatNothingUses()
    {
        var shim = new ElfFile(Shim());
        var need = Assert.Single(shim.Needs, static need => need.Version == "GLIBCXX_3.4.32");
        Assert.Equal(CppLibrary, need.Library);
        Assert.Empty(ShimRepair.SymbolsInUse(shim, need));
        Assert.Contains(shim.Symbols, symbol => symbol.Version == need.Index && symbol.Name == "_ZSt21ios_base_library_initv");
    }

    [Fact]
    public void AVersionThatIsUsedIsFoundInUse()
    {
        var shim = new ElfFile(Shim());
        var oldest = shim.Needs.Single(static need => need is { Library: CppLibrary, Version: "GLIBCXX_3.4" });
        Assert.NotEmpty(ShimRepair.SymbolsInUse(shim, oldest));
    }

    [Fact]
    public void OnlyWhatALibraryLacksIsMissing()
    {
        var shim = new ElfFile(Shim());
        var all = shim.Needs.Where(static need => need.Library == CppLibrary).Select(static need => need.Version).ToHashSet();
        Assert.Empty(ShimRepair.Missing(shim, CppLibrary, all));
        all.Remove("GLIBCXX_3.4.32");
        Assert.Equal("GLIBCXX_3.4.32", Assert.Single(ShimRepair.Missing(shim, CppLibrary, all)).Version);
    }

    [Fact]
    public void TheCopyDiffersInOneByteAndTheOriginalInNone()
    {
        var (content, before) = (Shim(), Shim());
        var shim = new ElfFile(content);
        var copy = ShimRepair.Weaken(content, shim.Needs.Where(static need => need.Version == "GLIBCXX_3.4.32"));
        Assert.Equal(before, content);
        var different = Assert.Single(Enumerable.Range(0, content.Length), i => content[i] != copy[i]);
        Assert.Equal(content[different] | 2, copy[different]);
    }

    [Fact]
    public void TheLoadedCppLibraryOffersVersions()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Libraries are looked up in /proc.");
        LibTorch.Require();
        var path = LoadedLibraries.Find(CppLibrary);
        Assert.NotNull(path);
        Assert.Contains("GLIBCXX_3.4", new ElfFile(File.ReadAllBytes(path)).Defines);
        Assert.Null(LoadedLibraries.Find("libno-such-thing.so"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(3000)]
    public void WhatIsNoLibraryIsRefused(int length)
    {
        var content = Shim()[..length];
        Assert.Throws<InvalidDataException>(() => new ElfFile(content));
    }

    private static byte[] Shim()
    {
        const string name = "libLibTorchSharp.so";
        var path = TorchLoader.ApplicationFolders().Select(static folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not among this platform's native libraries.");
        return File.ReadAllBytes(path);
    }
}
