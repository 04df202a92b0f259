namespace Tempera.Model.Networks;

/// <summary>The shapes of all networks of a temperature-conditional GFlowNet.</summary>
public sealed record PolicyArchitecture(PolicyNetworkShape Forward, PolicyNetworkShape Backward, LogZShape LogZ);
