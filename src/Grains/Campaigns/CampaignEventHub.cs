using System.Threading.Channels;

using Tempera.Contracts.Campaigns;

namespace Tempera.Grains.Campaigns;

/// <summary>The live events of a campaign. Used in the grain's turns only.</summary>
internal sealed class CampaignEventHub(int backlog)
{
    private readonly List<Channel<CampaignEvent>> _watchers = [];

    /// <summary>A new watcher's events. One that is slow loses the oldest and never holds up the campaign.</summary>
    public Channel<CampaignEvent> Subscribe()
    {
        var channel = Channel.CreateBounded<CampaignEvent>(
            new BoundedChannelOptions(backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _watchers.Add(channel);
        return channel;
    }

    /// <summary>Ends a watcher's events.</summary>
    public void Unsubscribe(Channel<CampaignEvent> channel) => _watchers.Remove(channel);

    /// <summary>Hands an event to every watcher.</summary>
    public void Publish(CampaignEvent campaignEvent)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryWrite(campaignEvent);
        }
    }

    /// <summary>Ends all watchers' events; with an error they see it.</summary>
    public void Complete(Exception? error = null)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryComplete(error);
        }

        _watchers.Clear();
    }
}
