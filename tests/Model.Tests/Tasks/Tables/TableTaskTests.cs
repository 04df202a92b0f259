using System.IO.Compression;
using System.Text;
using Tempera.Model.Evaluation;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;
using Tempera.Model.Tests.Conformance;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Tables;

public sealed class TableTaskTests
{
    private const string Few = "name,score,note\nAC,0.5,a\nCA,1,\"b, c\"\n\n# a comment\nGG,-0.25,\n";

    [Fact]
    public void ACompleteTable_IsATaskOfItsOwn()
    {
        var (task, _) = TestData.Default("table");

        Assert.Equal(Math.Log(81), task.Space.LogObjectCount, 1e-12);
        Assert.Equal(("ABC", "lowest", "0"), (task.Settings["alphabet"], task.Settings["outside"], task.Settings["zero"]));
        Assert.Contains("all of them", task.Description);
        Assert.Equal(64, task.Settings["sha256"].Length);
        Assert.Equal(81, task.Target!.Counts.Sum());
        Assert.InRange(task.Modes!.KnownCount!.Value, 1, 10);
    }

    [Fact]
    public void APartialTable_GivesOtherStringsItsLowestScore()
    {
        var task = Create(Few);

        Assert.Equal([0.5, 1, -0.25, -0.25], Scores(task, "AC", "CA", "GG", "TT"));
        Assert.Equal(("ACGT", "-0.25"), (task.Settings["alphabet"], task.Settings["zero"]));
        Assert.Equal((3L, 14L), (task.Target!.Scores.Count, task.Target.Counts[0]));
        Assert.Contains("18.75 % of all", task.Description);
        Assert.Equal(Math.Log(10), task.Reward.LogReward(1), 1e-12);
        TaskConformance.Check(task);
    }

    [Fact]
    public void StringsOutside_MayBeRefusedOrGivenANumber()
    {
        Assert.Equal([0.125], Scores(Create(Few, ("outside", "0.125")), "TT"));
        var refusing = Create(Few, ("outside", "refuse"));

        Assert.Equal([1.0], Scores(refusing, "CA"));
        Assert.Null(refusing.Target);
        var error = Assert.Throws<KeyNotFoundException>(() => Scores(refusing, "TT"));
        Assert.Contains("'TT'", error.Message);
        Assert.Contains("--set outside=", error.Message);
    }

    [Fact]
    public void GzipAndTabsAndAnAlphabetOfTheUser()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("string\tScore\nba\t1\nab\t2\n"u8);
        }

        var data = new MemoryData();
        data.Add("t", packed.ToArray());
        var task = TaskCatalog.Create("table", new Dictionary<string, string> { ["file"] = "t", ["alphabet"] = "cba" }, data);

        Assert.Equal("cba", task.Settings["alphabet"]);
        Assert.Equal(Math.Log(9), task.Space.LogObjectCount, 1e-12);
        Assert.Equal([2.0, 1], Scores(task, "ab", "cc"));
    }

    [Theory]
    [InlineData("", "has none")]
    [InlineData("string,value\nA,1\n", "Line 1", "a column 'score'", "Rename")]
    [InlineData("score\n1\n", "Line 1", "a column 'score'")]
    [InlineData("s,score\nAA,1\nAA,2\n", "Line 3", "also stands on line 2", "Keep one")]
    [InlineData("s,score\nAA,1\nA,2\n", "Line 3", "the length of the first, 2")]
    [InlineData("s,score\nAA,1\nAC\n", "Line 3", "the 2 fields of the header; received 1")]
    [InlineData("s,score\nAA,1\nAC,NaN\n", "Line 3", "a finite number", "'NaN'")]
    [InlineData("s,score\nAA,1\nAC,1e400\n", "Line 3", "a finite number")]
    [InlineData("s,score\nAA,1\nAC,\n", "Line 3", "received ''")]
    [InlineData("s,score\nAA,1\n\"AC,2\n", "Line 3", "quote")]
    [InlineData("s,score\nA,1\nA,1\n", "Line 3", "also stands")]
    [InlineData("s,score\nAAAA,1\n", "alphabet", "received 'A'", true)]
    public void WrongLines_AreNamed(string text, params object[] parts)
    {
        // A single letter of ACGT makes a space, one of another alphabet does not.
        var content = parts is [.., true] ? text.Replace('A', 'x') : text;
        var error = Assert.Throws<TaskDataException>(() => Create(content));
        Assert.All(parts.OfType<string>(), part => Assert.Contains(parts is [.., true] ? part.Replace('A', 'x') : part, error.Message));
    }

    [Fact]
    public void AnAlphabetThatLacksALetter_IsRefusedWithTheLine()
    {
        var error = Assert.Throws<TaskDataException>(() => Create(Few, ("alphabet", "AC")));
        Assert.Contains("Line 6", error.Message);
        Assert.Contains("'G'", error.Message);
    }

    [Fact]
    public void AChangedTable_IsNoticed_AndAMovedOneIsNot()
    {
        var settings = new Dictionary<string, string>(Create(Few).Settings) { ["file"] = "elsewhere" };
        var moved = TaskCatalog.Create("table", new Dictionary<string, string>(settings), new MemoryData(("elsewhere", Few)));
        var error = Assert.Throws<TaskDataException>(() =>
            TaskCatalog.Create("table", new Dictionary<string, string>(settings), new MemoryData(("elsewhere", Few.Replace("0.5", "0.6")))));

        Assert.Equal(Create(Few).Oracle.Version, moved.Oracle.Version);
        Assert.Contains(settings["sha256"], error.Message);
        Assert.Contains("--file", error.Message);
    }

    [Theory]
    [InlineData("zero", "1", "below the best one, 1")]
    [InlineData("outside", "maybe", "a number")]
    [InlineData("sha256", "12", "64 hexadecimal digits")]
    [InlineData("modes", "paper", "local:q,r or cluster:q,d")]
    [InlineData("modes", "local:1,9", "from 1 to 3")]
    [InlineData("modes", "local:1,1", "1 to 3 of the 3 objects")]
    public void WrongSettings_AreRefused(string name, string value, string rule)
    {
        var error = Assert.Throws<SettingException>(() => Create(Few, (name, value)));
        Assert.Equal(name, error.Setting);
        Assert.Contains(rule, error.Message);
    }

    [Fact]
    public void WithoutAFile_ItSaysHowToNameOne() =>
        Assert.Contains("--file scores.tsv", Assert.Throws<SettingException>(() => TaskCatalog.Create("table", new Dictionary<string, string>())).Message);

    // tfbind8 as anybody's table: the same scores, the same target.
    [Fact]
    public void TheTableOfABuiltInTask_GivesItsTarget()
    {
        var task = TestData.Create("tfbind8");
        var text = new StringBuilder("s\tscore\n").AppendJoin('\n', new TestData().Rows("tfbind8/SIX6_REF_R1.tsv.gz").Select(row => $"{row[0]}\t{row[2]}"));
        var table = Create(text.ToString());

        Assert.Equal(task.Space.Name, table.Space.Name);
        Assert.Equal(new TargetDistribution(task.Target!, task.Reward).LogZ(2), new TargetDistribution(table.Target!, table.Reward).LogZ(2), 1e-12);
        Assert.StartsWith("local:1.000977,1: strict local maxima within Hamming distance 1", table.Modes!.Definition);
    }

    private static DesignTask Create(string text, params (string Key, string Value)[] settings) => TaskCatalog.Create(
        "table", settings.Append(("file", "folder/table.csv")).ToDictionary(pair => pair.Item1, pair => pair.Item2), new MemoryData(("folder/table.csv", text)));

    private static double[] Scores(DesignTask task, params string[] texts)
    {
        var scores = new double[texts.Length];
        task.Oracle.Score([.. texts.Select(text => TestData.Parse(task, text))], scores);
        return scores;
    }
}
