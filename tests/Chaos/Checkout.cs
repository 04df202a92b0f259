namespace Tempera.Chaos;

/// <summary>The checkout that the tests run from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tempera.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from a checkout; no folder above them holds Tempera.slnx.");
    }
}
