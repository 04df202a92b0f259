using Tempera.Model.Tasks.Data;
using Tempera.Silo.Data;

using Xunit;

namespace Tempera.Silo.Tests.Data;

public sealed class TaskDataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Files_of_the_folder_are_opened()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "a"));
        File.WriteAllText(Path.Combine(_folder.Path, "a", "b.txt"), "text");
        using var reader = new StreamReader(new TaskDataFolder(_folder.Path, allowsAnyPath: false).Open("a/b.txt"));

        Assert.Equal("text", reader.ReadToEnd());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    [InlineData(".")]
    public void Names_do_not_lead_out_of_the_folder(string name) => Assert.Contains(
        "leads out of it", Assert.Throws<TaskDataException>(() => new TaskDataFolder(_folder.Path, allowsAnyPath: false).Open(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sibling_with_the_folders_name_in_front_is_outside()
    {
        var sibling = "../" + Path.GetFileName(_folder.Path) + "-other/x";
        Assert.Throws<TaskDataException>(() => new TaskDataFolder(_folder.Path, allowsAnyPath: true).Open(sibling));
    }

    [Fact]
    public void A_users_own_process_may_name_any_path()
    {
        var path = Path.Combine(_folder.Path, "table.tsv");
        File.WriteAllText(path, "x");
        new TaskDataFolder(null, allowsAnyPath: true).Open(path).Dispose();
        var error = Assert.Throws<TaskDataException>(() => new TaskDataFolder(null, allowsAnyPath: true).Open(path + "2"));

        Assert.Contains("--file", error.Message, StringComparison.Ordinal);
        Assert.Contains(path + "2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named_with_the_remedy()
    {
        var file = Assert.Throws<TaskDataException>(() => new TaskDataFolder(_folder.Path, allowsAnyPath: false).Open("tfbind8/x.gz"));
        Assert.Contains("'tfbind8/x.gz' is not in " + _folder.Path, file.Message, StringComparison.Ordinal);
        Assert.Contains("tempera data fetch tfbind8", file.Message, StringComparison.Ordinal);

        var folder = Assert.Throws<TaskDataException>(() => new TaskDataFolder(" ", allowsAnyPath: true).Open("tfbind8/x.gz"));
        Assert.Contains("TEMPERA_DATA", folder.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
