namespace Tempera.Contracts.Errors;

/// <summary>Every error Tempera reports to a caller. Values are durable: append, never renumber.</summary>
[GenerateSerializer, Alias("tempera.error")]
public enum TemperaError
{
    /// <summary>A defect of Tempera itself.</summary>
    Internal = 0,

    /// <summary>A setting is unknown, malformed or out of its range.</summary>
    InvalidSetting = 1,

    /// <summary>No task has this name.</summary>
    UnknownTask = 2,

    /// <summary>No campaign has this id.</summary>
    UnknownCampaign = 3,

    /// <summary>A campaign with another specification exists under this id.</summary>
    CampaignConflict = 4,

    /// <summary>The command does not fit the campaign's state.</summary>
    InvalidState = 5,

    /// <summary>No usable checkpoint is left.</summary>
    CheckpointDamaged = 6,

    /// <summary>Data was written by a newer version of Tempera.</summary>
    NewerFormat = 7,

    /// <summary>Storage refused a write or a read.</summary>
    Storage = 8,

    /// <summary>Another writer has taken over the campaign.</summary>
    StaleEpoch = 9,

    /// <summary>An object is not one of the task's design space.</summary>
    InvalidObject = 10,

    /// <summary>Training met non-finite values too many times in a row.</summary>
    Diverged = 11,

    /// <summary>The oracle failed.</summary>
    OracleFailed = 12,

    /// <summary>The directory is in use by another process.</summary>
    InUse = 13,

    /// <summary>The compute device is missing, cannot be used, or has no memory left.</summary>
    Device = 14,

    /// <summary>The data of a task is missing, damaged, or not what the task or the campaign was made of.</summary>
    TaskData = 20,
}
