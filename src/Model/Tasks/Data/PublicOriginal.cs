namespace Tempera.Model.Tasks.Data;

/// <summary>A public file that a data file is made from.</summary>
/// <param name="Address">Where it is downloaded from.</param>
/// <param name="Sha256">SHA-256 of the download in lower-case hexadecimal.</param>
/// <param name="Convert">Writes the content of the data file, unpacked, from the download.</param>
/// <param name="Licence">Licence and origin, for people.</param>
public sealed record PublicOriginal(Uri Address, string Sha256, Action<Stream, Stream> Convert, string Licence);
