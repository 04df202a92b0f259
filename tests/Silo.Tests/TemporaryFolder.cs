namespace Tempera.Silo.Tests;

/// <summary>A folder that is removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tempera-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
