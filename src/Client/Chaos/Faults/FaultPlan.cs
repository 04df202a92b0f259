namespace Tempera.Client.Chaos.Faults;

/// <summary>The faults of a rehearsal, drawn from a seed before it begins: the same seed and kinds give the same faults in the same order.</summary>
internal static class FaultPlan
{
    /// <summary>The faults, without end. Every kind comes once in each run of as many faults as there are kinds, in random order.</summary>
    public static IEnumerable<FaultDraw> Draw(ulong seed, IReadOnlyList<string> kinds)
    {
        var state = seed;
        for (var number = 1; ;)
        {
            var order = kinds.ToArray();
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = (int)(Next(ref state) * (i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }

            foreach (var kind in order)
            {
                yield return new FaultDraw(number++, kind, Next(ref state), Next(ref state), Next(ref state));
            }
        }
    }

    // SplitMix64: the same numbers with every version of .NET.
    private static double Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
