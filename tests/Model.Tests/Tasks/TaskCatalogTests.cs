using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks;

public sealed class TaskCatalogTests
{
    public static TheoryData<string> Names => [.. TaskCatalog.Names];

    [Theory, MemberData(nameof(Names))]
    public void EveryTask_IsCompleteAndMadeAgainFromItsSettings(string name)
    {
        var (task, data) = TestData.Default(name);
        var again = TaskCatalog.Create(name, new Dictionary<string, string>(task.Settings), data);

        Assert.Equal(name, task.Name);
        Assert.EndsWith(".", task.Description);
        Assert.NotEmpty(task.Source);
        Assert.Equal(task.Oracle.Version, again.Oracle.Version);
        Assert.Equal(task.Space.Name, again.Space.Name);
        Assert.Equal(task.Reward, again.Reward);
        Assert.Equal(task.Settings, again.Settings);
        Assert.Equal(task.Modes?.Definition, again.Modes?.Definition);
        Assert.Equal(task.Settings.Keys, TaskCatalog.ListSettings(name).Select(setting => setting.Name).Order(StringComparer.Ordinal));
        SettingCatalog.Resolve(task, new Dictionary<string, string>());
    }

    [Theory, MemberData(nameof(Names))]
    public void TaskSettings_DoNotShadowLearnerSettings(string name) =>
        Assert.Empty(TaskCatalog.ListSettings(name).Select(setting => setting.Name).Intersect(SettingCatalog.List.Select(setting => setting.Name)));

    [Fact]
    public void Create_TakesOutItsOwnSettingsOnly()
    {
        var settings = new Dictionary<string, string> { ["dims"] = "3", ["width"] = "16", ["bits"] = "8" };
        var task = TaskCatalog.Create("hypergrid", settings);

        Assert.Equal(["bits", "width"], settings.Keys.Order());
        Assert.Equal("3", task.Settings["dims"]);
        Assert.Equal("8", task.Settings["side"]);
    }

    [Theory]
    [InlineData("hypergird", "Did you mean hypergrid?")]
    [InlineData("", "one of")]
    [InlineData("protein-folding", "Choose one of")]
    public void UnknownTasks_AreRefusedWithTheNames(string name, string remedy)
    {
        var exception = Assert.Throws<SettingException>(() => TaskCatalog.Create(name, new Dictionary<string, string>()));

        Assert.Equal("task", exception.Setting);
        Assert.Contains(remedy, exception.Message);
        Assert.Contains($"received '{name}'", exception.Message);
    }

    [Theory]
    [InlineData("hypergrid", "dims", "0", "1 to 15")]
    [InlineData("hypergrid", "side", "1", "2 to 256")]
    [InlineData("hypergrid", "side", "8.5", "a whole number")]
    [InlineData("hypergrid", "r0", "0", "at least 1E-06")]
    [InlineData("hypergrid", "r2", "NaN", "at most 1000")]
    [InlineData("bits", "bits", "121", "1 to 120")]
    [InlineData("bits", "word", "3", "a divisor of bits, 16")]
    [InlineData("bits", "modes", "-1", "1 to 1024")]
    [InlineData("bits", "exponent", "0", "at least 0.001")]
    public void WrongTaskSettings_AreRefused(string task, string name, string value, string rule)
    {
        var settings = new Dictionary<string, string> { [name] = value };
        var exception = Assert.Throws<SettingException>(() => TaskCatalog.Create(task, settings));

        Assert.Equal(name, exception.Setting);
        Assert.Contains(rule, exception.Message);
        Assert.Contains($"received '{value}'", exception.Message);
    }
}
