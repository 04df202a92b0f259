namespace Tempera.Model.Tasks.Data;

/// <summary>Data of a task is missing, damaged or not what the task was made of; the message states the rule, the value and the remedy.</summary>
public sealed class TaskDataException(string message, Exception? inner = null) : Exception(message, inner);
