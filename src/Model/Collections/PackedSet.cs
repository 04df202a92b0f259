namespace Tempera.Model.Collections;

/// <summary>
/// A set of packed states that numbers them 0, 1, 2, ... in the order they were added. Open addressing over int slots that
/// point into the column of keys, so that a key is stored once and a slot costs four bytes.
/// </summary>
internal sealed class PackedSet
{
    private readonly ChunkedColumn<UInt128> _keys = new();
    private int[] _slots = new int[64];

    /// <summary>Number of keys.</summary>
    public int Count => _keys.Count;

    /// <summary>Bytes of the arrays behind the set.</summary>
    public long AllocatedBytes => _keys.Capacity * 16 + _slots.LongLength * sizeof(int);

    /// <summary>The key with a number.</summary>
    public UInt128 this[int index] => _keys[index];

    /// <summary>The number of a key, or -1.</summary>
    public int IndexOf(UInt128 key) => _slots[Find(key)] - 1;

    /// <summary>Adds a key unless it is there; returns its number and whether it is new.</summary>
    public (int Index, bool Added) Add(UInt128 key)
    {
        var slot = Find(key);
        if (_slots[slot] != 0)
        {
            return (_slots[slot] - 1, false);
        }

        _keys.Add(key);
        _slots[slot] = _keys.Count;
        if (_keys.Count > _slots.Length / 4 * 3)
        {
            Grow();
        }

        return (_keys.Count - 1, true);
    }

    private void Grow()
    {
        _slots = new int[checked(_slots.Length * 2)];
        for (var i = 0; i < _keys.Count; i++)
        {
            _slots[Find(_keys[i])] = i + 1;
        }
    }

    // Slots hold number + 1, so that fresh memory is empty. Ends because at most three quarters of the slots are taken.
    private int Find(UInt128 key)
    {
        var mask = _slots.Length - 1;
        var slot = Hash(key) & mask;
        while (_slots[slot] != 0 && _keys[_slots[slot] - 1] != key)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    // Packed objects differ in few low bits, which linear probing would cluster: the finaliser of SplitMix64 spreads them.
    private static int Hash(UInt128 key)
    {
        var x = (ulong)key ^ ((ulong)(key >> 64) * 0x9E3779B97F4A7C15UL);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return (int)(x ^ (x >> 31));
    }
}
