using Tempera.Model.Oracles;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks;
using Tempera.Model.Tests.Evaluation;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;
using Xunit.Sdk;

namespace Tempera.Model.Tests.Conformance;

public sealed class CatalogConformanceTests
{
    public static TheoryData<string> Names => [.. TaskCatalog.Names];

    [Theory, MemberData(nameof(Names))]
    public void EveryTaskOfTheCatalogueConforms(string name) => TaskConformance.Check(TestData.Default(name).Task);

    [Theory, MemberData(nameof(Names))]
    public void OutlinesSayWhatTheTaskIs(string name)
    {
        var (task, outline) = (TestData.Default(name).Task, TaskCatalog.Outline(name));
        Assert.Equal((outline.Defaults, outline.ObjectFile), (task.Defaults, task.ObjectFile));
        if (name != "table")
        {
            Assert.Equal((outline.Description, outline.Source, outline.Oracle), (task.Description, task.Source, task.Oracle.Version));
            Assert.Equal((outline.Space?.Name, outline.ModeDefinition, outline.KnownModes), (task.Space.Name, task.Modes?.Definition, task.Modes?.KnownCount));
        }
    }

    [Theory]
    [InlineData("hypergrid", "dims", "3")]
    [InlineData("bits", "word", "4")]
    [InlineData("ehrlich", "states", "8")]
    [InlineData("ehrlich", "quantization", "2")]
    public void TasksConformUnderOtherSettings(string name, string key, string value) => TaskConformance.Check(TestData.Create(name, (key, value)));

    // The kit itself must be able to fail.
    [Fact]
    public void TasksThatBreakARuleAreNoticed()
    {
        var space = new PrependAppendSpace("AB", 4);
        var good = TestTasks.Create(space, x => (double)(ulong)PackedSequence.Letters(x) / 15);
        TaskConformance.Check(good);

        var calls = 0;
        Assert.ThrowsAny<XunitException>(() => TaskConformance.Check(good with { Oracle = new TestTasks.FunctionOracle(_ => Interlocked.Increment(ref calls)) }));
        Assert.ThrowsAny<XunitException>(() => TaskConformance.Check(good with { Oracle = new TestTasks.FunctionOracle(_ => double.NaN) }));
        Assert.ThrowsAny<XunitException>(() => TaskConformance.Check(good with { Reward = new RewardScale(1, 1, 0.5) }));
        Assert.ThrowsAny<XunitException>(() => TaskConformance.Check(good with { Target = new TestTasks.Statistics([0, 1], [8, 9], []) }));
        Assert.ThrowsAny<XunitException>(() => TaskConformance.Check(good with { Modes = new Tempera.Model.Modes.NeighbourhoodModeRule(space, good.Oracle, 0, strict: true, null, knownCount: 7) }));
        Assert.ThrowsAny<XunitException>(() => OracleConformance.Check(new Forgetful(), SpaceConformance.Walks(space, 5)));
    }

    /// <summary>An oracle whose score depends on the batch.</summary>
    private sealed class Forgetful : IOracle
    {
        public string Version => "forgetful/1";

        public void Score(ReadOnlySpan<UInt128> objects, Span<double> scores) => scores.Fill(objects.Length);
    }
}
