using System.Runtime.CompilerServices;

using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Running;

/// <summary>
/// The events of a campaign to the end of a sitting. A process that was stopped for a while, by Ctrl-Z, by a machine that
/// sleeps or that is overloaded, finds its calls timed out when it goes on: it watches again from the last event it saw.
/// </summary>
internal static class CampaignEvents
{
    private const int MostFailures = 10;

    /// <summary>Events with a sequence above a given one, then live ones.</summary>
    /// <exception cref="TimeoutException">The campaign did not answer many times in a row.</exception>
    public static async IAsyncEnumerable<CampaignEvent> Follow(
        ICampaignGrain campaign, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var failures = 0; ;)
        {
            var events = campaign.Watch(afterSequence, cancellationToken).GetAsyncEnumerator(cancellationToken);
            try
            {
                while (await Next(events, ++failures < MostFailures) is { } more)
                {
                    if (!more)
                    {
                        yield break;
                    }

                    afterSequence = Math.Max(afterSequence, events.Current.Sequence);
                    failures = 0;
                    yield return events.Current;
                }
            }
            finally
            {
                await DisposeQuietly(events);
            }
        }
    }

    /// <summary>Whether there is another event; null when the watch was lost and may be begun again.</summary>
    private static async Task<bool?> Next(IAsyncEnumerator<CampaignEvent> events, bool again)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception error) when (again && IsLost(error))
        {
            return null;
        }
    }

    private static async Task DisposeQuietly(IAsyncEnumerator<CampaignEvent> events)
    {
        try
        {
            await events.DisposeAsync();
        }
        catch (Exception error) when (IsLost(error))
        {
            // The other side of a lost watch is gone as well.
        }
    }

    private static bool IsLost(Exception error) => error is TimeoutException or EnumerationAbortedException;
}
