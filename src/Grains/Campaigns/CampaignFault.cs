using Tempera.Contracts.Errors;

namespace Tempera.Grains.Campaigns;

/// <summary>What an exception means for a running campaign.</summary>
internal static class CampaignFault
{
    /// <summary>
    /// True when one of the campaign's grains was lost, for example with the silo it was on: opening all of them again at the
    /// last checkpoint carries on. A call that timed out may have been served, which the new epoch makes harmless.
    /// </summary>
    public static bool IsLoss(Exception exception) =>
        exception is OrleansException or TimeoutException or TemperaException { Code: TemperaError.InvalidState };

    /// <summary>True when time may mend it: one of the grains was lost, or storage does not answer.</summary>
    public static bool IsPassing(Exception exception) => IsLoss(exception) || exception is TemperaException { Code: TemperaError.Storage };

    /// <summary>True when another writer has taken over.</summary>
    public static bool IsStale(Exception exception) => exception is TemperaException { Code: TemperaError.StaleEpoch };

    /// <summary>One sentence that says why the campaign failed and what to do.</summary>
    public static string Describe(Exception exception) => exception is TemperaException
        ? exception.Message
        : $"A defect of Tempera stopped the campaign ({exception.GetType().Name}: {exception.Message}). Resume to carry on from the last checkpoint, and report it if it happens again.";
}
