namespace Tempera.Grains.Campaigns;

/// <summary>Why a running campaign is asked to stop at the next round boundary; a later member outweighs an earlier one.</summary>
internal enum CampaignStop
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Someone paused it.</summary>
    Pause,

    /// <summary>Its process or activation ends: it stays Running, for the next activation to carry on.</summary>
    Suspend,

    /// <summary>Someone cancelled it.</summary>
    Cancel,
}
