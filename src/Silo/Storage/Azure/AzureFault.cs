using System.Net.Sockets;

using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

using Tempera.Contracts.Errors;

namespace Tempera.Silo.Storage.Azure;

/// <summary>What Azure's answers mean.</summary>
internal static class AzureFault
{
    private const int NotFound = 404, AlreadyThere = 409, ConditionFailed = 412, ServerError = 500, NoRoom = 507;

    /// <summary>True when there is no such blob.</summary>
    public static bool IsAbsent(RequestFailedException exception) =>
        exception.Status == NotFound && exception.ErrorCode != BlobErrorCode.ContainerNotFound.ToString();

    /// <summary>True when a condition did not hold, that a blob has an ETag or that there is none.</summary>
    public static bool IsConflict(RequestFailedException exception) => exception.Status == ConditionFailed || IsAbsent(exception)
        || (exception.Status == AlreadyThere && exception.ErrorCode == BlobErrorCode.BlobAlreadyExists.ToString());

    /// <summary>True when another writer's commit has taken away the blocks of this one.</summary>
    public static bool IsLostBlock(RequestFailedException exception) => exception.ErrorCode == BlobErrorCode.InvalidBlockList.ToString()
        || exception.ErrorCode == BlobErrorCode.InvalidBlobOrBlock.ToString();

    /// <summary>Runs a request.</summary>
    /// <exception cref="TemperaException">Storage refused or cannot be reached.</exception>
    public static async Task<T> Guard<T>(string action, string name, Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (Exception exception) when (Is(exception))
        {
            throw new TemperaException(TemperaError.Storage, $"Cannot {action} {name}: {Reason(Root(exception))}", exception);
        }
    }

    private static bool Is(Exception exception) => exception is RequestFailedException or AuthenticationFailedException or IOException
        || (exception is AggregateException all && all.InnerExceptions.All(static inner => Is(inner) || inner is OperationCanceledException));

    private static Exception Root(Exception exception) => exception is AggregateException { InnerExceptions: [.., var last] } ? last : exception;

    private static string Reason(Exception exception) => exception switch
    {
        AuthenticationFailedException => $"this process has no identity that storage accepts ({FirstLine(exception)}). Assign a managed identity with the role Storage Blob Data Contributor, or use a connection string.",
        RequestFailedException { Status: 401 or 403, ErrorCode: var code } => $"storage refuses this identity ({code}). Check the key, or assign the role Storage Blob Data Contributor.",
        RequestFailedException { Status: NotFound } => "the container does not exist. Create it, or correct storage_container, then resume.",
        RequestFailedException { Status: 0 } or IOException or SocketException or OperationCanceledException =>
            $"storage cannot be reached ({FirstLine(exception)}). Check the endpoint and the network; the campaign carries on once storage answers.",
        // Azurite answers so, without a code, when its own disk is full.
        RequestFailedException { Status: ServerError or NoRoom, ErrorCode: null or "" or "InternalError" } failed =>
            $"storage answered {failed.Status}: it failed, or has no room left. Look after it; the campaign carries on once storage takes writes again.",
        RequestFailedException { Status: var status, ErrorCode: var code } => $"storage answered {status} {code}. Check the account, then resume.",
        _ => FirstLine(exception),
    };

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd('.', '\r');
}
