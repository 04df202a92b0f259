namespace Tempera.Grains.Hosting;

/// <summary>Work of a grain that may take longer than a call should: who asks for it is told within seconds that it is under way, and asks again.</summary>
/// <typeparam name="TKey">What tells one piece of work from another.</typeparam>
/// <typeparam name="TResult">What comes out of it.</typeparam>
/// <remarks>
/// The answer to a call can be lost with a silo on its way without the caller ever being told, and then only the limit of the call ends the wait. So no
/// call has to be as long as the work is: work that is asked for again is joined, and begun anew where it was lost. Used in the grain's turns only.
/// </remarks>
internal sealed class LongCalls<TKey, TResult>(TimeProvider time)
    where TKey : notnull
    where TResult : class
{
    /// <summary>How long a call waits at most; less than a call is given.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Whoever wants a result asks for it within seconds.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private readonly Dictionary<TKey, Call> _calls = [];

    /// <summary>The result of work, which is begun unless it is under way; null when it still is after a while.</summary>
    public async Task<TResult?> Ask(TKey key, Func<Task<TResult>> begin)
    {
        Forget();
        if (!_calls.TryGetValue(key, out var call))
        {
            _calls[key] = call = new Call(begin());
        }

        call.Asked = time.GetTimestamp();
        try
        {
            var result = await call.Work.WaitAsync(Patience, time);
            Remove(key, call);
            return result;
        }
        catch (TimeoutException) when (!call.Work.IsCompleted)
        {
            return null;
        }
        catch
        {
            Remove(key, call);
            throw;
        }
    }

    private void Remove(TKey key, Call call)
    {
        if (_calls.TryGetValue(key, out var known) && known == call)
        {
            _calls.Remove(key);
        }
    }

    private void Forget()
    {
        foreach (var (key, _) in _calls.Where(call => call.Value.Work.IsCompleted && time.GetElapsedTime(call.Value.Asked) > Kept).ToList())
        {
            _calls.Remove(key);
        }
    }

    private sealed class Call(Task<TResult> work)
    {
        public Task<TResult> Work { get; } = work;

        public long Asked { get; set; }
    }
}

/// <summary>The caller's part.</summary>
internal static class LongCalls
{
    /// <summary>Asks until there is a result.</summary>
    public static async Task<TResult> Result<TResult>(Func<Task<TResult?>> ask)
        where TResult : class
    {
        while (true)
        {
            if (await ask() is { } result)
            {
                return result;
            }
        }
    }
}
