namespace Tempera.Silo.Data;

/// <summary>Where a data file stands.</summary>
public enum DataFileState
{
    /// <summary>There, with the pinned content.</summary>
    Good,

    /// <summary>Not there.</summary>
    Missing,

    /// <summary>There, but with another content or unreadable.</summary>
    Changed,
}
