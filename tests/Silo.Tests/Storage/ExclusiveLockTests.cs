using System.Diagnostics;

using Tempera.Contracts.Errors;
using Tempera.Silo.Storage;

using Xunit;

namespace Tempera.Silo.Tests.Storage;

public sealed class ExclusiveLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_holder_is_refused_until_the_first_lets_go()
    {
        using (ExclusiveLock.Take(_folder.Path))
        {
            var error = Assert.Throws<TemperaException>(() => ExclusiveLock.Take(_folder.Path));
            Assert.Equal(TemperaError.InUse, error.Code);
            Assert.Contains(_folder.Path, error.Message);
        }

        ExclusiveLock.Take(_folder.Path).Dispose();
    }

    [Fact]
    public void A_directory_is_made()
    {
        using var held = ExclusiveLock.Take(Path.Combine(_folder.Path, "a", "b"));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "a", "b", ".lock")));
    }

    [Fact]
    public void A_path_below_a_file_is_a_storage_error()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "f"), "x");
        Assert.Equal(TemperaError.Storage, Assert.Throws<TemperaException>(() => ExclusiveLock.Take(Path.Combine(_folder.Path, "f", "g"))).Code);
    }

    [Fact]
    public async Task Another_process_that_holds_it_keeps_us_out_until_it_is_killed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "needs flock(1)");
        File.WriteAllText(Path.Combine(_folder.Path, ExclusiveLock.FileName), string.Empty);
        var start = new ProcessStartInfo("/usr/bin/flock", ["--exclusive", "--no-fork", Path.Combine(_folder.Path, ExclusiveLock.FileName), "sh", "-c", "echo held; exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var holder = Process.Start(start)!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        Assert.Equal(TemperaError.InUse, Assert.Throws<TemperaException>(() => ExclusiveLock.Take(_folder.Path)).Code);
        holder.Kill();
        await holder.WaitForExitAsync();
        ExclusiveLock.Take(_folder.Path).Dispose();
    }
}
