using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tempera.Silo.Devices;

/// <summary>
/// Loads libtorch and TorchSharp's native part into this process, before TorchSharp looks for them itself: it would copy 490 MB of
/// libraries beside the program, and blames a missing package for whatever goes wrong.
/// </summary>
internal sealed class TorchLoader
{
    /// <summary>The versions of libtorch that TorchSharp's native part is built against.</summary>
    public const string SupportedVersion = "2.10";

    /// <summary>The variable that lets another version pass when it has every symbol.</summary>
    public const string AnyVersionVariable = "TEMPERA_LIBTORCH_ANY_VERSION";

    private const string ShimName = "libLibTorchSharp.so";
    private const int NamedSymbols = 5;

    private readonly string? _named;
    private readonly bool _anyVersion;
    private readonly IReadOnlyList<string> _applicationFolders;
    private readonly Lazy<TorchReport> _report;

    /// <summary>A loader that has not loaded anything yet.</summary>
    /// <param name="named">Value of <see cref="TorchFolder.Variable"/>.</param>
    /// <param name="anyVersion">Let another version of libtorch pass when no symbol is missing.</param>
    /// <param name="applicationFolders">Where the program's own native libraries lie.</param>
    public TorchLoader(string? named, bool anyVersion, IReadOnlyList<string> applicationFolders)
    {
        (_named, _anyVersion, _applicationFolders) = (named, anyVersion, applicationFolders);
        _report = new Lazy<TorchReport>(LoadOnce);
    }

    /// <summary>The loader that this process's environment asks for.</summary>
    public static TorchLoader OfProcess() => new(
        Environment.GetEnvironmentVariable(TorchFolder.Variable),
        Environment.GetEnvironmentVariable(AnyVersionVariable) == "1",
        ApplicationFolders());

    /// <summary>Loads on first use; never throws.</summary>
    public TorchReport Load() => _report.Value;

    /// <summary>Folders in which the program's own native libraries lie.</summary>
    public static IReadOnlyList<string> ApplicationFolders() =>
    [
        AppContext.BaseDirectory,
        Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
        .. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
    ];

    private TorchReport LoadOnce()
    {
        var report = new TorchReport();
        try
        {
            if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64)
            {
                report = LoadLinux();
            }

            return report.Failure is null ? report with { Gpus = Start() } : report;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or TypeInitializationException or ExternalException or InvalidDataException or IOException or NotSupportedException)
        {
            var cause = (error as TypeInitializationException)?.InnerException ?? error;
            return report with { Failure = $"libtorch must load into this process; it did not: {cause.Message} Check the libraries in {report.Folder?.Path ?? "the program's folder"}, or name others with {TorchFolder.Variable}." };
        }
    }

    private TorchReport LoadLinux()
    {
        if (TorchFolder.Find(_named, _applicationFolders) is not { } folder)
        {
            return new TorchReport { Failure = $"This device needs libtorch {SupportedVersion}; this build of Tempera holds none. Set {TorchFolder.Variable} to a folder that holds {TorchFolder.Core}, for example torch/lib of a Python environment, or build with -p:TorchBackend=cpu or cuda." };
        }

        var report = new TorchReport { Folder = folder, Version = folder.Version };
        if (!File.Exists(Path.Combine(folder.Path, TorchFolder.Core)))
        {
            return report with { Failure = $"{TorchFolder.Variable} names a folder that holds {TorchFolder.Core}; '{folder.Path}' does not. Name for example torch/lib of a Python environment." };
        }

        if (_applicationFolders.Select(static path => Path.Combine(path, ShimName)).FirstOrDefault(File.Exists) is not { } shimPath)
        {
            return report with { Failure = $"TorchSharp's native part, {ShimName}, belongs beside Tempera; it is missing. Install or build Tempera again." };
        }

        var content = File.ReadAllBytes(shimPath);
        var shim = new ElfFile(content);
        var handles = Preload(folder);
        var unresolved = Unresolved(shim, handles);
        if (CheckVersion(report.Version, folder, unresolved) is { } mismatch)
        {
            return report with { Failure = mismatch };
        }

        return LoadShim(report, shimPath, content, shim);
    }

    private static List<nint> Preload(TorchFolder folder) =>
        [.. TorchFolder.Libraries.Select(name => Path.Combine(folder.Path, name)).Where(File.Exists).Select(NativeLibrary.Load)];

    /// <summary>Symbols that the native part would look for in vain.</summary>
    private static List<string> Unresolved(ElfFile shim, List<nint> handles) =>
        [.. shim.Symbols.Where((symbol, i) => !symbol.IsDefined && !symbol.IsWeak && shim.LookedUp.Contains(i) && symbol.Name.Length > 0)
            .Select(static symbol => symbol.Name)
            .Where(name => !handles.Exists(handle => NativeLibrary.TryGetExport(handle, name, out _)))];

    private string? CheckVersion(string? version, TorchFolder folder, List<string> unresolved)
    {
        var received = $"{folder.Path} holds {version ?? "a version it does not name"}";
        if (unresolved.Count > 0)
        {
            return $"TorchSharp's native part is built against libtorch {SupportedVersion}; {received}, which lacks {unresolved.Count} of its symbols "
                + $"({string.Join(", ", unresolved.Take(NamedSymbols))}{(unresolved.Count > NamedSymbols ? ", ..." : "")}). Install PyTorch {SupportedVersion} there, or name another folder with {TorchFolder.Variable}.";
        }

        var isSupported = version is null || version == SupportedVersion || version.StartsWith(SupportedVersion + ".", StringComparison.Ordinal);
        return isSupported || _anyVersion
            ? null
            : $"TorchSharp's native part is built against libtorch {SupportedVersion}; {received}. It has every symbol, but structures may differ, which nothing can check. "
                + $"Install PyTorch {SupportedVersion} there, or set {AnyVersionVariable}=1 to try it all the same.";
    }

    private static TorchReport LoadShim(TorchReport report, string path, byte[] content, ElfFile shim)
    {
        // A library of this name that was loaded before, by an earlier loader of this process, is the one TorchSharp finds.
        if (NativeLibrary.TryLoad(ShimName, out _))
        {
            return report;
        }

        var missing = new List<ElfVersionNeed>();
        foreach (var library in shim.Needs.Select(static need => need.Library).Distinct())
        {
            if (LoadedLibraries.Find(library) is { } loaded)
            {
                missing.AddRange(ShimRepair.Missing(shim, library, new ElfFile(File.ReadAllBytes(loaded)).Defines));
            }
        }

        var needed = missing.SelectMany(need => ShimRepair.SymbolsInUse(shim, need)).ToList();
        if (needed.Count > 0)
        {
            return report with
            {
                Failure = $"TorchSharp's native part needs {string.Join(", ", missing.Select(static need => $"{need.Version} of {need.Library}"))}; this machine's are older, and {string.Join(", ", needed.Take(NamedSymbols))} would not be found. "
                    + "Use a system with GCC 13's libstdc++ or newer, for example Debian 13 or Ubuntu 24.04.",
            };
        }

        if (missing.Count == 0)
        {
            NativeLibrary.Load(path);
            return report;
        }

        LoadCopy(ShimRepair.Weaken(content, missing));
        return report with { Repair = $"{string.Join(", ", missing.Select(static need => need.Version))}, which nothing uses, was made optional in a private copy of {ShimName}" };
    }

    // The folder is this user's alone, and gone as soon as the copy is mapped.
    private static void LoadCopy(byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("tempera-torch-");
        try
        {
            var copy = Path.Combine(folder.FullName, ShimName);
            File.WriteAllBytes(copy, content);
            NativeLibrary.Load(copy);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Apart, so that no type of TorchSharp is touched before its natives are there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Start() => TorchStart.Run();
}
