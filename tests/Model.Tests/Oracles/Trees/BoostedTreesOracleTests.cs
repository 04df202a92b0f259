using System.Globalization;
using Tempera.Model.Oracles.Trees;
using Tempera.Model.Spaces;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Oracles.Trees;

public sealed class BoostedTreesOracleTests
{
    [Fact]
    public void Scores_AreThoseOfTheEstimatorBitForBit()
    {
        var task = TestData.Create("sehstr");
        var data = new TestData();
        var rows = data.Rows("sehstr/validation.tsv.gz").Select(row => (row[0], row[3])).Concat(data.Rows("sehstr/modes.tsv").Select(row => (row[0], row[1]))).ToArray();
        var scores = new double[rows.Length];
        task.Oracle.Score([.. rows.Select(row => TestData.Parse(task, row.Item1))], scores);

        Assert.Equal(5159, rows.Length);
        Assert.Equal(rows.Select(row => double.Parse(row.Item2, CultureInfo.InvariantCulture)), scores);
    }

    [Fact]
    public void Scores_AreThoseOfWalkingTheTrees()
    {
        // Two positions of three blocks: x0 = 1 ? 4 : (x1 = 2 ? 2 : 1), and x1 = 0 ? 0.5 : 0.25.
        RegressionTree[] trees =
        [
            new([1, 5, -1, -1, -1], [1, 2, 0, 0, 0], [4, 3, 0, 0, 0], [0, 0, 1, 2, 4]),
            new([3, -1, -1], [1, 0, 0], [2, 0, 0], [0, 0.25, 0.5]),
        ];
        var oracle = new BoostedTreesOracle("test/1", new BoostedTrees(2, 3, 10, trees));
        for (var first = 0; first < 3; first++)
        {
            for (var second = 0; second < 3; second++)
            {
                var score = new double[1];
                oracle.Score([PackedSequence.Create([first, second], 2)], score);
                Assert.Equal(10 + (first == 1 ? 4 : second == 2 ? 2 : 1) + (second == 0 ? 0.5 : 0.25), score[0]);
            }
        }
    }

    [Theory]
    [InlineData(new[] { 0, -1 }, new[] { 1, 0 }, new[] { 1, 0 }, "one parent")]
    [InlineData(new[] { 0, -1, -1 }, new[] { 0, 0, 0 }, new[] { 2, 0, 0 }, "no cycle")]
    [InlineData(new[] { 0, -1, -1 }, new[] { 1, 0, 0 }, new[] { 7, 0, 0 }, "node 7")]
    public void ArraysThatAreNoTree_AreRefused(int[] features, int[] left, int[] right, string rule) =>
        Assert.Contains(rule, Assert.Throws<ArgumentException>(() => new RegressionTree(features, left, right, new double[features.Length])).Message);
}
