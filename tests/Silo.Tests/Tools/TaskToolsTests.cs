using Tempera.Contracts.Errors;
using Tempera.Silo.Tools;

using Xunit;

namespace Tempera.Silo.Tests.Tools;

public sealed class TaskToolsTests
{
    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Lists_every_task_with_what_a_user_wants_to_know()
    {
        var tasks = TaskTools.List();

        Assert.Contains("hypergrid", tasks.Select(static task => task.Name));
        Assert.Equal(tasks.Count, tasks.Select(static task => task.Name).Distinct().Count());
        Assert.All(tasks, static task =>
        {
            Assert.NotEmpty(task.Description);
            Assert.NotEmpty(task.Source);
            Assert.NotEmpty(task.Oracle);
            Assert.True(task is { Rounds: > 0, Width: > 0, Epsilon: >= 0 and < 1 });
            Assert.True(task.Name == "table" ? task is { LogObjectCount: null, Steps: null } : task is { LogObjectCount: > 0, Steps: > 0 });
        });
    }

    [Fact]
    public void Describes_a_task_under_its_settings_and_those_of_the_learner()
    {
        var task = TaskTools.Describe("hypergrid", new Dictionary<string, string> { ["dims"] = "3", ["side"] = "8", ["width"] = "32" });

        Assert.Equal(Math.Log(512), task.LogObjectCount!.Value, 12);
        Assert.Equal(8, task.KnownModes);
        Assert.Equal(21, task.Steps - 1);
    }

    [Fact]
    public void An_unknown_task_is_refused_with_the_names_that_exist()
    {
        var error = Assert.Throws<TemperaException>(() => TaskTools.Describe("hypergird", None));

        Assert.Equal(TemperaError.UnknownTask, error.Code);
        Assert.Contains("hypergird", error.Message, StringComparison.Ordinal);
        Assert.Contains("hypergrid", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("side", "1")]
    [InlineData("side", "many")]
    [InlineData("width", "-4")]
    [InlineData("widht", "64")]
    public void A_wrong_setting_is_refused_with_the_value_received(string name, string value)
    {
        var error = Assert.Throws<TemperaException>(() => TaskTools.Describe("hypergrid", new Dictionary<string, string> { [name] = value }));

        Assert.Equal(TemperaError.InvalidSetting, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_settings_of_all_tasks_and_of_one()
    {
        Assert.Contains(TaskTools.Settings(), static setting => setting is { Name: "batch", Default: "32" });
        Assert.Contains(TaskTools.Settings("hypergrid"), static setting => setting is { Name: "side", Default: "8", Range: "2 to 256" });
        Assert.Throws<TemperaException>(() => TaskTools.Settings("nothing"));
    }
}
