using System.Runtime.CompilerServices;

namespace Tempera.Model.Engines;

/// <summary>Numbers states in the order they are first met: an open-addressing hash table that is emptied, never shrunk.</summary>
internal sealed class StateTable
{
    private UInt128[] _states = new UInt128[1024];
    private int[] _slots = NewSlots(4096);

    /// <summary>Distinct states.</summary>
    public int Count { get; private set; }

    /// <summary>The state with a number.</summary>
    public UInt128 this[int id] => _states[id];

    /// <summary>Forgets all states.</summary>
    public void Clear()
    {
        Array.Fill(_slots, -1);
        Count = 0;
    }

    /// <summary>The state's number; a new state gets the next one.</summary>
    public int Add(UInt128 state)
    {
        var mask = _slots.Length - 1;
        for (var slot = Hash(state) & mask; ; slot = (slot + 1) & mask)
        {
            var id = _slots[slot];
            if (id < 0)
            {
                return Insert(state, slot);
            }

            if (_states[id] == state)
            {
                return id;
            }
        }
    }

    private int Insert(UInt128 state, int slot)
    {
        if (Count == _states.Length)
        {
            Array.Resize(ref _states, 2 * Count);
        }

        _states[Count] = state;
        _slots[slot] = Count++;
        if (2 * Count > _slots.Length)
        {
            Rehash();
        }

        return Count - 1;
    }

    private void Rehash()
    {
        _slots = NewSlots(2 * _slots.Length);
        var mask = _slots.Length - 1;
        for (var id = 0; id < Count; id++)
        {
            var slot = Hash(_states[id]) & mask;
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = id;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Hash(UInt128 state)
    {
        var mixed = ((ulong)state ^ ((ulong)(state >> 64) * 0xFF51AFD7ED558CCDUL)) * 0x9E3779B97F4A7C15UL;
        return (int)((mixed ^ (mixed >> 29)) >> 8);
    }

    private static int[] NewSlots(int count)
    {
        var slots = new int[count];
        Array.Fill(slots, -1);
        return slots;
    }
}
