using Orleans.Runtime.Placement;

using Tempera.Contracts.Accelerators;
using Tempera.Contracts.Training;

namespace Tempera.Grains.Campaigns;

/// <content>Where the trainer is: on the silo of the GPU whose memory the campaign holds, else with the campaign.</content>
internal sealed partial class CampaignSession
{
    private const int SeatAttempts = 50;
    private static readonly TimeSpan SeatPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Between rounds: true when the campaign has been given a GPU, or has lost it, and should be opened again.</summary>
    public async Task<bool> HasAnotherSeat() => _seat is not null && await _seat.HasChanged(_resolved);

    /// <summary>Gives the GPU up, if there is one.</summary>
    public Task LeaveSeat() => _seat?.Release() ?? System.Threading.Tasks.Task.CompletedTask;

    // A trainer that is elsewhere leaves; the next call carries the hint that its placement follows.
    private static async Task Seat(ITrainerGrain trainer, AcceleratorPlace? place)
    {
        if (place is null)
        {
            return;
        }

        try
        {
            for (var attempt = 0; attempt < SeatAttempts; attempt++)
            {
                RequestContext.Set(IPlacementDirector.PlacementHintKey, place.Silo);
                if (await trainer.Stay(place.Silo))
                {
                    return;
                }

                await System.Threading.Tasks.Task.Delay(SeatPause);
            }
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }

        throw new TimeoutException($"The trainer should be on silo {place.Name} and did not get there.");
    }
}
