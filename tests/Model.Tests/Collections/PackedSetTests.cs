using Tempera.Model.Collections;
using Xunit;

namespace Tempera.Model.Tests.Collections;

public sealed class PackedSetTests
{
    [Fact]
    public void AgreesWithADictionary()
    {
        var random = new System.Random(1);
        var (set, model) = (new PackedSet(), new Dictionary<UInt128, int>());
        for (var i = 0; i < 30_000; i++)
        {
            var key = new UInt128((ulong)random.Next(3) << 56, (ulong)random.Next(12_000) << random.Next(2) * 40);
            var added = model.TryAdd(key, model.Count);
            Assert.Equal((model[key], added), set.Add(key));
        }

        Assert.Equal(model.Count, set.Count);
        Assert.All(model, pair => Assert.Equal(pair.Value, set.IndexOf(pair.Key)));
        Assert.All(model, pair => Assert.Equal(pair.Key, set[pair.Value]));
    }

    [Fact]
    public void AbsentKeysHaveNoNumber()
    {
        var set = new PackedSet();
        Assert.Equal(-1, set.IndexOf(0));
        set.Add(5);
        Assert.Equal(-1, set.IndexOf(0));
        Assert.Equal(-1, set.IndexOf((UInt128)5 << 64));
        Assert.Equal(0, set.IndexOf(5));
    }
}
