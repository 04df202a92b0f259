namespace Tempera.Silo.Storage.Azure;

/// <summary>Where campaigns are kept in Azure Blob storage, and who may write there. Exactly one of the first two is given.</summary>
public sealed record AzureStorageSettings
{
    /// <summary>Connection string of a storage account, or <c>UseDevelopmentStorage=true</c> for Azurite. A secret.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Blob endpoint of an account that this process reaches by its managed or workload identity, for example <c>https://name.blob.core.windows.net</c>.</summary>
    public Uri? Service { get; init; }

    /// <summary>Container that holds all campaigns of a cluster; made if it does not exist. Default <c>tempera</c>.</summary>
    public string Container { get; init; } = "tempera";

    /// <summary>Repeats of a request that storage did not answer or could not serve. Default 6, with growing pauses of about 25 seconds in all.</summary>
    public int Retries { get; init; } = 6;
}
