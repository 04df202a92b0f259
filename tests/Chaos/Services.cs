namespace Tempera.Chaos;

/// <summary>What rehearsals start.</summary>
internal static class Services
{
    /// <summary>Azurite as <c>.ci/services</c> installs it.</summary>
    public static string Azurite { get; } = Path.Combine(Checkout.Root, "artifacts", "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js");

    /// <summary>True when all of it is there.</summary>
    public static bool AreInstalled { get; } = File.Exists("/usr/bin/redis-server") && File.Exists("/usr/bin/node") && File.Exists(Azurite);

    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "redis-server or Azurite is not installed; run .ci/services";
}
