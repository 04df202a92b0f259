using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tempera.Client.CommandLine;

/// <summary>
/// A configuration file: settings by name in YAML or JSON, with <c>task</c>, <c>rounds</c>, <c>budget</c> and <c>seed</c> beside
/// them. Settings may also stand in a map <c>settings</c>; the config.json of a run is read through its <c>specification</c>.
/// </summary>
internal sealed record ConfigurationFile(string? Task, ImmutableSortedDictionary<string, string> Settings)
{
    private const long LargestFile = 1 << 20;

    /// <summary>No file.</summary>
    public static ConfigurationFile Empty { get; } =
        new(null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Reads a file; JSON when its first character is '{', else YAML.</summary>
    /// <exception cref="CommandException">The file is missing, too large or malformed.</exception>
    public static ConfigurationFile Read(string path)
    {
        var text = Load(path);
        try
        {
            return From(text.TrimStart().StartsWith('{') ? FromJson(text) : FromYaml(text, path), path);
        }
        catch (JsonException error)
        {
            throw CommandException.Usage($"--config takes valid JSON; '{path}' breaks off at line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}. Correct it there.");
        }
        catch (YamlException error)
        {
            throw CommandException.Usage($"--config takes valid YAML; '{path}' is wrong at line {error.Start.Line}, column {error.Start.Column}: {error.Message} Correct it there.");
        }
    }

    private static string Load(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile } file)
            {
                throw CommandException.Usage($"--config takes a file of at most 1 MiB; '{path}' has {file.Length:N0} bytes. Name the right file.");
            }

            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"--config takes a readable YAML or JSON file; received '{path}': {error.Message} Correct the path.");
        }
    }

    private static ConfigurationFile From(IReadOnlyDictionary<string, object> map, string path)
    {
        if (map.TryGetValue("specification", out var inner) && inner is IReadOnlyDictionary<string, object> specification)
        {
            map = specification;
        }

        var settings = Empty.Settings.ToBuilder();
        string? task = null;
        foreach (var (key, value) in Flatten(map, path))
        {
            if (key == "task")
            {
                task = value;
            }
            else
            {
                settings[key] = value;
            }
        }

        return new(task, settings.ToImmutable());
    }

    private static IEnumerable<(string Key, string Value)> Flatten(IReadOnlyDictionary<string, object> map, string path)
    {
        foreach (var (key, value) in map)
        {
            switch (value)
            {
                case string text:
                    yield return (SettingAssignment.Normalise(key), text);
                    break;
                case IReadOnlyDictionary<string, object> inner when key == "settings":
                    foreach (var pair in Flatten(inner, path))
                    {
                        yield return pair;
                    }

                    break;
                default:
                    throw CommandException.Usage($"A setting in '{path}' is a text or a number; '{key}' is neither. Write it as `{key}: value`.");
            }
        }
    }

    private static Dictionary<string, object> FromJson(string text)
    {
        using var document = JsonDocument.Parse(text, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return Convert(document.RootElement);

        static Dictionary<string, object> Convert(JsonElement element) => element.EnumerateObject()
            .Where(static property => property.Value.ValueKind != JsonValueKind.Null)
            .GroupBy(static property => property.Name)
            .ToDictionary(static group => group.Key, static group => group.Last().Value switch
            {
                { ValueKind: JsonValueKind.String } value => value.GetString()!,
                { ValueKind: JsonValueKind.Object } value => Convert(value),
                { ValueKind: JsonValueKind.Array } value => value,
                var value => (object)value.GetRawText(),
            });
    }

    private static Dictionary<string, object> FromYaml(string text, string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents switch
        {
            [] => [],
            [{ RootNode: YamlMappingNode root }] => Convert(root),
            _ => throw CommandException.Usage($"--config takes one map of settings; '{path}' holds something else. Write lines such as `width: 64`."),
        };

        static Dictionary<string, object> Convert(YamlMappingNode node) => node.Children
            .Where(static pair => pair.Value is not YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain })
            .ToDictionary(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}"), static pair => pair.Value switch
            {
                YamlScalarNode scalar => scalar.Value!,
                YamlMappingNode map => Convert(map),
                var other => (object)other,
            });
    }
}
