using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;

using Tempera.Contracts.Errors;

namespace Tempera.Silo.Storage.Azure;

/// <summary>Opens containers.</summary>
internal static class AzureContainers
{
    /// <summary>A client of the container; contacts nobody.</summary>
    /// <exception cref="TemperaException">The settings name no account, or one wrongly.</exception>
    public static BlobContainerClient Client(AzureStorageSettings settings)
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = settings.Retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(400);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(8);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        try
        {
            return settings switch
            {
                { ConnectionString: { Length: > 0 } text, Service: null } => new BlobContainerClient(text, settings.Container, options),
                { ConnectionString: null, Service: { } service } =>
                    new BlobServiceClient(service, new DefaultAzureCredential(), options).GetBlobContainerClient(settings.Container),
                _ => throw new TemperaException(TemperaError.InvalidSetting,
                    "Azure Blob storage is reached by a connection string or by the URL of the service; received both or neither. Set storage_connection_string (or its file), or storage_service."),
            };
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // The text may hold a key, so it is not repeated.
            throw new TemperaException(TemperaError.InvalidSetting,
                $"storage_connection_string is that of a storage account, with AccountName and AccountKey or a SAS; the one received is malformed ({exception.GetType().Name}). Copy it again from the account.", exception);
        }
    }
}
