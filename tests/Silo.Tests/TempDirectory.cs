namespace Tempera.Silo.Tests;

/// <summary>A directory of its own for one test, gone afterwards.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tempera-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
