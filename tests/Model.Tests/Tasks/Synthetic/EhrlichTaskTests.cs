using Tempera.Model.Oracles.Synthetic;
using Tempera.Model.Settings;
using Tempera.Model.Spaces;
using Tempera.Model.Tests.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Synthetic;

public sealed class EhrlichTaskTests
{
    [Theory]
    [InlineData(4, 10, 2, 4, 4)]
    [InlineData(20, 24, 4, 4, 2)]
    [InlineData(3, 12, 3, 3, 3)]
    [InlineData(2, 9, 2, 2, 1)]
    public void EveryInstanceHasItsOptimum_AndLevelsAreProductsOfSteps(int states, int length, int motifs, int motifLength, int quantization)
    {
        for (var seed = 0UL; seed < 50; seed++)
        {
            var function = new EhrlichFunction(states, length, motifs, motifLength, quantization, seed);
            Assert.Equal(1, function.Value(function.Optimum()));
        }

        var levels = Enumerable.Range(0, quantization + 1).Select(step => step / (double)quantization).ToArray();
        var reachable = levels;
        for (var motif = 1; motif < motifs; motif++)
        {
            reachable = [.. reachable.SelectMany(left => levels.Select(right => left * right)).Distinct()];
        }

        var random = new System.Random(1);
        var instance = new EhrlichFunction(states, length, motifs, motifLength, quantization, 3);
        for (var i = 0; i < 1000; i++)
        {
            var value = instance.Value([.. Enumerable.Range(0, length).Select(_ => random.Next(states))]);
            Assert.Contains(reachable, level => Math.Abs(level - value) < 1e-12);
        }
    }

    [Fact]
    public void ForbiddenNeighboursAreFound_AndASingleLetterOffTheOptimumCostsASteps()
    {
        // Of 20 letters a letter may be followed by at most 18, so some pair is forbidden.
        var function = new EhrlichFunction(20, 12, 2, 4, 4, 1);
        var pairs = from first in Enumerable.Range(0, 20) from second in Enumerable.Range(0, 20) select (first, second);
        var optimum = function.Optimum();
        var forbidden = pairs.Count(pair =>
        {
            // The optimum of 12 letters has room for a pair at its end only where its motifs stay whole.
            int[] x = [.. Enumerable.Repeat(pair.first, 11), pair.second];
            return function.Value(x) == 0 && function.Value([.. Enumerable.Repeat(pair.first, 12)]) > 0;
        });

        Assert.True(forbidden > 0 || function.Value([.. Enumerable.Repeat(0, 12)]) == 0);
        var values = Enumerable.Range(0, 12).SelectMany(at => Enumerable.Range(0, 20).Where(letter => letter != optimum[at]).Select(letter =>
        {
            var x = optimum.ToArray();
            x[at] = letter;
            return function.Value(x);
        })).ToArray();
        Assert.All(values, value => Assert.Contains(value, new[] { 0, 0.75, 1, 0.5625, 0.5 }));
        Assert.Contains(0.75, values);
    }

    [Fact]
    public void InstancesAreTheSameEverywhere_AndDiffer()
    {
        var task = TestData.Create("ehrlich");
        Assert.Equal("ehrlich/1 v=4 L=10 c=2 k=4 q=4 instance=0", task.Oracle.Version);
        Assert.Equal(1_048_576, task.Target!.Counts.Sum());
        Assert.InRange(task.Modes!.KnownCount!.Value, 1, 10_000);
        Assert.NotEqual(new EhrlichFunction(4, 10, 2, 4, 4, 0).Optimum(), new EhrlichFunction(4, 10, 2, 4, 4, 1).Optimum());
        Assert.True(task.Modes.IsMode(PackedSequence.Create(new EhrlichFunction(4, 10, 2, 4, 4, 0).Optimum(), 2), 1));
    }

    [Theory]
    [InlineData("motif_length", "6", "at most length / motifs, 5")]
    [InlineData("quantization", "5", "at most motif_length, 4")]
    [InlineData("length", "61", "2 to 60")]
    [InlineData("states", "1", "2 to 20")]
    public void SettingsThatDoNotFit_AreRefused(string name, string value, string rule)
    {
        var error = Assert.Throws<SettingException>(() => TestData.Create("ehrlich", (name, value)));
        Assert.Equal(name, error.Setting);
        Assert.Contains(rule, error.Message);
    }

    [Fact]
    public void LargeSpaces_KnowTheirOptimaButNotHowMany()
    {
        var task = TestData.Create("ehrlich", ("states", "20"), ("length", "24"), ("motifs", "4"));
        Assert.Null(task.Target);
        Assert.Null(task.Modes!.KnownCount);
        Assert.True(task.Modes.IsMode(0, 1));
        Assert.False(task.Modes.IsMode(0, 0.99));
    }
}
