namespace Tempera.Model.Modes;

/// <summary>The definitions of a mode a user can choose among.</summary>
public enum ModeKind
{
    /// <summary>The rule of the task's own paper.</summary>
    Paper,

    /// <summary>Among the best q % of all objects, those that no other within distance r reaches or exceeds.</summary>
    Local,

    /// <summary>The best q % of all objects clustered at distance d, the best of each cluster.</summary>
    Cluster,
}
