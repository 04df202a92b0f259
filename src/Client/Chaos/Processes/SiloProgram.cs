namespace Tempera.Client.Chaos.Processes;

/// <summary>How this program is started again.</summary>
/// <param name="File">The file to execute.</param>
/// <param name="Arguments">What comes before the command.</param>
internal sealed record SiloProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program: the native launcher beside the assembly, or its assembly run by <c>dotnet</c>.</summary>
    public static SiloProgram OfThis()
    {
        var launcher = Path.Combine(AppContext.BaseDirectory, "tempera");
        return System.IO.File.Exists(launcher)
            ? new SiloProgram(launcher, [])
            : new SiloProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "tempera.dll")]);
    }
}
