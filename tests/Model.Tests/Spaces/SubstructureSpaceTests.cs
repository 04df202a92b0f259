using Tempera.Model.Spaces;
using Tempera.Model.Tests.Evaluation;
using Xunit;

namespace Tempera.Model.Tests.Spaces;

/// <summary>A state is a substructure of exactly the objects that can be built from it.</summary>
public sealed class SubstructureSpaceTests
{
    public static TheoryData<ISubstructureSpace> Spaces() => [new PrependAppendSpace("ABC", 4), new AppendSpace("ABC", 4), AppendSpace.Bits(6, 2)];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void SubstructuresAreTheStatesOnThePathsToAnObject(ISubstructureSpace space)
    {
        var found = new UInt128[space.MaxSubstructures];
        foreach (var paths in TestTasks.Trajectories(space, [space.Root]).GroupBy(path => path[^1]))
        {
            var expected = paths.SelectMany(path => path).Where(state => state != space.Root).ToHashSet();
            var substructures = found[..space.GetSubstructures(paths.Key, found)];
            Assert.Equal(expected.Count, substructures.Length);
            Assert.True(expected.SetEquals(substructures));
            var lengths = Array.ConvertAll(substructures, PackedSequence.Length);
            Assert.Equal(lengths.Order(), lengths);
        }
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void AnObjectContainsItsSubstructuresAndNothingElse(ISubstructureSpace space)
    {
        var found = new UInt128[space.MaxSubstructures];
        var states = TestTasks.Trajectories(space, [space.Root]).SelectMany(path => path).Distinct().ToArray();
        foreach (var terminal in space.EnumerateObjects().Where((_, i) => i % 7 == 0))
        {
            var substructures = found[..space.GetSubstructures(terminal, found)].Append(space.Root).ToHashSet();
            Assert.All(states, state => Assert.Equal(substructures.Contains(state), space.Contains(terminal, state)));
        }
    }
}
