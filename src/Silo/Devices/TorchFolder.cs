using System.Text.RegularExpressions;

namespace Tempera.Silo.Devices;

/// <summary>A folder with the libraries of libtorch.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Origin">How it was found, for people.</param>
internal sealed partial record TorchFolder(string Path, string Origin)
{
    /// <summary>The variable that names a folder.</summary>
    public const string Variable = "TEMPERA_LIBTORCH";

    /// <summary>The library that every build of libtorch has.</summary>
    public const string Core = "libtorch_cpu.so";

    /// <summary>Libraries in the order they are loaded; a CPU build lacks some.</summary>
    public static readonly IReadOnlyList<string> Libraries =
        ["libtorch_global_deps.so", "libc10.so", Core, "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>True where the build can use a GPU.</summary>
    public bool HasCuda => File.Exists(System.IO.Path.Combine(Path, "libtorch_cuda.so"));

    /// <summary>Version, as the Python package or the download says it beside the libraries; null where nothing does.</summary>
    public string? Version => FromPython() ?? FromDownload();

    /// <summary>The folder in use: the one that is named, else the one that came with Tempera; null where there is none.</summary>
    public static TorchFolder? Find(string? named, IEnumerable<string> applicationFolders) => !string.IsNullOrWhiteSpace(named)
        ? new TorchFolder(System.IO.Path.GetFullPath(named), Variable)
        : applicationFolders.Where(static folder => File.Exists(System.IO.Path.Combine(folder, Core)))
            .Select(static folder => new TorchFolder(folder, "the libraries built into this Tempera")).FirstOrDefault();

    private string? FromPython()
    {
        var file = System.IO.Path.Combine(Path, "..", "version.py");
        return File.Exists(file) && PythonVersion().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private string? FromDownload()
    {
        var file = System.IO.Path.Combine(Path, "..", "build-version");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    [GeneratedRegex("""__version__\s*=\s*['"]([^'"]+)['"]""")]
    private static partial Regex PythonVersion();
}
