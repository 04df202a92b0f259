using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

using Tempera.Contracts.Errors;

namespace Tempera.Silo.Data;

/// <summary>
/// Downloads a file whose checksum is known. What was received stays beside the target until the file is whole, so an
/// interrupted download goes on where it stopped; a file with another checksum is thrown away.
/// </summary>
internal sealed class PublicDownload(HttpClient client)
{
    /// <summary>Most bytes of a download.</summary>
    public const long MaxBytes = 1L << 30;

    private const int Attempts = 3;

    /// <summary>Downloads to a path; returns when the file there has the checksum.</summary>
    /// <exception cref="TemperaException">TaskData: the server does not give the file, or gives another one.</exception>
    public async Task Fetch(Uri address, string sha256, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Continue(address, path, progress, cancellationToken);
                break;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == Attempts || exception is HttpRequestException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError })
                {
                    throw new TemperaException(TemperaError.TaskData,
                        $"A public file is downloaded from {address}; that failed: {exception.Message} Check the network and run the command again, which goes on where it stopped.");
                }
            }
        }

        var received = await Checksum(path, cancellationToken);
        if (received != sha256)
        {
            File.Delete(path);
            throw new TemperaException(TemperaError.TaskData,
                $"A download has the checksum of the published file, {sha256}; the one from {address} has {received} and was deleted. Run the command again; if it stays so, the file at this address was changed.");
        }
    }

    private async Task Continue(Uri address, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var present = File.Exists(path) ? new FileInfo(path).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Range = present > 0 ? new RangeHeaderValue(present, null) : null;
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Everything is here already, or what is here belongs to another file: the checksum tells.
            return;
        }

        // A server that does not know ranges sends the whole file again.
        response.EnsureSuccessStatusCode();
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == present;
        await using var file = new FileStream(path, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            progress?.Report(file.Position);
            if (file.Position > MaxBytes)
            {
                throw new TemperaException(TemperaError.TaskData, $"A download has at most {MaxBytes:N0} bytes; {address} sends more. Check the address.");
            }
        }
    }

    private static async Task<string> Checksum(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
