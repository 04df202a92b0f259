namespace Tempera.Model.Settings;

/// <summary>A setting broke its rule; the message states the rule, the value received and the remedy.</summary>
public sealed class SettingException(string setting, string message) : Exception(message)
{
    /// <summary>Snake_case name of the setting.</summary>
    public string Setting { get; } = setting;
}
