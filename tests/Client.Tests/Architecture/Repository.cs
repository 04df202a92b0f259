namespace Tempera.Client.Tests.Architecture;

/// <summary>The files of the checkout, without what builds and runs leave in it.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = [".git", "bin", "obj", "artifacts", "runs", "TestResults", "node_modules", ".vs", ".idea", ".vscode"];

    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Paths of all files below a folder of the checkout.</summary>
    public static IEnumerable<string> Files(string folder = "") => Walk(new DirectoryInfo(Path.Combine(Root, folder)));

    private static IEnumerable<string> Walk(DirectoryInfo folder) => folder.EnumerateFiles().Where(static file => file.Name != ".git").Select(static file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(static child => !Skipped.Contains(child.Name)).SelectMany(Walk));

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tempera.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from a checkout; no folder above them holds Tempera.slnx.");
    }
}
