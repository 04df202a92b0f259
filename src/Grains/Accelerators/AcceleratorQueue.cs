using Tempera.Contracts.Accelerators;

namespace Tempera.Grains.Accelerators;

/// <summary>
/// Who holds which memory and who waits for some: arithmetic alone. The first in the queue gets the first GPU with room, and nobody overtakes it;
/// a claim that no GPU could ever meet does not wait.
/// </summary>
internal sealed class AcceleratorQueue(TimeSpan patience)
{
    private readonly Dictionary<string, Entry> _held = new(StringComparer.Ordinal);
    private readonly List<(string Campaign, Entry Entry)> _waiting = [];

    /// <summary>Takes a claim in; returns what it has come to.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="silos">The GPUs there are.</param>
    /// <param name="now">Time since the pool began.</param>
    public AcceleratorGrant Claim(AcceleratorClaim claim, IReadOnlyList<SiloAccelerators> silos, TimeSpan now)
    {
        Expire(silos, now);
        if (!_held.ContainsKey(claim.Campaign) && claim.Held is { } held && Free(silos, held) >= claim.Bytes)
        {
            _waiting.RemoveAll(waiting => waiting.Campaign == claim.Campaign);
            _held[claim.Campaign] = new Entry(claim.Bytes, now) { Place = held };
        }

        if (_held.TryGetValue(claim.Campaign, out var mine))
        {
            mine.Renewed = now;
            return new AcceleratorGrant(mine.Place, 0);
        }

        if (silos.All(silo => silo.Bytes < claim.Bytes))
        {
            _waiting.RemoveAll(waiting => waiting.Campaign == claim.Campaign);
            return new AcceleratorGrant(null, 0);
        }

        if (_waiting.Find(waiting => waiting.Campaign == claim.Campaign).Entry is { } entry)
        {
            entry.Renewed = now;
        }
        else
        {
            _waiting.Add((claim.Campaign, new Entry(claim.Bytes, now)));
        }

        // Those who held memory of an earlier pool speak first.
        if (now >= patience / 4)
        {
            Serve(silos);
        }

        return _held.TryGetValue(claim.Campaign, out mine)
            ? new AcceleratorGrant(mine.Place, 0)
            : new AcceleratorGrant(null, 1 + _waiting.FindIndex(waiting => waiting.Campaign == claim.Campaign));
    }

    /// <summary>Forgets a campaign.</summary>
    public void Release(string campaign)
    {
        _held.Remove(campaign);
        _waiting.RemoveAll(waiting => waiting.Campaign == campaign);
    }

    private void Expire(IReadOnlyList<SiloAccelerators> silos, TimeSpan now)
    {
        foreach (var (campaign, _) in _held.Where(held => now - held.Value.Renewed > patience || silos.All(silo => !silo.Silo.Equals(held.Value.Place!.Silo))).ToList())
        {
            _held.Remove(campaign);
        }

        _waiting.RemoveAll(waiting => now - waiting.Entry.Renewed > patience);
    }

    private void Serve(IReadOnlyList<SiloAccelerators> silos)
    {
        while (_waiting.Count > 0 && Room(silos, _waiting[0].Entry.Bytes) is { } place)
        {
            _waiting[0].Entry.Place = place;
            _held[_waiting[0].Campaign] = _waiting[0].Entry;
            _waiting.RemoveAt(0);
        }
    }

    // The GPU with the most free memory, so that campaigns share one only when they must.
    private AcceleratorPlace? Room(IReadOnlyList<SiloAccelerators> silos, long bytes) => silos
        .SelectMany(static silo => Enumerable.Range(0, silo.Count).Select(index => new AcceleratorPlace(silo.Silo, silo.Name, index)))
        .Select(place => (Place: place, Free: Free(silos, place)))
        .Where(candidate => candidate.Free >= bytes)
        .OrderByDescending(static candidate => candidate.Free).FirstOrDefault().Place;

    private long Free(IReadOnlyList<SiloAccelerators> silos, AcceleratorPlace place) =>
        silos.FirstOrDefault(silo => silo.Silo.Equals(place.Silo) && place.Index < silo.Count) is { } there
            ? there.Bytes - _held.Values.Where(held => held.Place == place).Sum(static held => held.Bytes)
            : -1;

    private sealed class Entry(long bytes, TimeSpan renewed)
    {
        public long Bytes { get; } = bytes;

        public TimeSpan Renewed { get; set; } = renewed;

        public AcceleratorPlace? Place { get; set; }
    }
}
