using Tempera.Contracts.Errors;

using Xunit;

namespace Tempera.Contracts.Tests.Errors;

/// <summary>Numbers of errors are stored and sent: they may be added to, never changed.</summary>
public sealed class TemperaErrorTests
{
    private static readonly string[] Known =
    [
        "Internal", "InvalidSetting", "UnknownTask", "UnknownCampaign", "CampaignConflict", "InvalidState", "CheckpointDamaged",
        "NewerFormat", "Storage", "StaleEpoch", "InvalidObject", "Diverged", "OracleFailed", "InUse",
    ];

    [Fact]
    public void NumbersNeverChange() => Assert.Equal(Known, Enum.GetValues<TemperaError>().Order().Take(Known.Length).Select(static error => error.ToString()));
}
