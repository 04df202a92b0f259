namespace Tempera.Client.Chaos.Links;

/// <summary>What is left of a disk that everybody shares.</summary>
/// <param name="bytes">Bytes that still fit.</param>
internal sealed class DiskRoom(long bytes)
{
    private long _left = bytes, _refused;

    /// <summary>Writes that did not fit.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Takes room for a write; false when it does not fit, though a smaller one may.</summary>
    public bool Take(long bytes)
    {
        while (true)
        {
            var left = Interlocked.Read(ref _left);
            if (bytes > left)
            {
                Interlocked.Increment(ref _refused);
                return false;
            }

            if (Interlocked.CompareExchange(ref _left, left - bytes, left) == left)
            {
                return true;
            }
        }
    }
}
