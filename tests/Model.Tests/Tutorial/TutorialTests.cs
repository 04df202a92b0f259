using System.Runtime.CompilerServices;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;
using Tempera.Model.Tasks.Synthetic;
using Tempera.Model.Tests.Conformance;
using Xunit;

namespace Tempera.Model.Tests.Tutorial;

/// <summary>The task of docs/tutorial-new-task.md works, and the page shows this very file.</summary>
public sealed class TutorialTests
{
    [Theory]
    [InlineData(8, 256)]
    [InlineData(5, 64)]
    public void TheTaskConforms(int length, int palindromes)
    {
        var task = PalindromeTask.Definition.Create(
            new TaskSettingValues(PalindromeTask.Definition.Settings, new Dictionary<string, string> { ["length"] = $"{length}" }), new NoTaskData());

        TaskConformance.Check(task);
        Assert.Equal(palindromes, task.Modes!.KnownCount);
    }

    [Fact]
    public void ThePageShowsTheFile()
    {
        var page = File.ReadAllText(Path.Combine(Here(), "../../../docs/tutorial-new-task.md"));
        Assert.Contains(File.ReadAllText(Path.Combine(Here(), "PalindromeTask.cs")), page);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
