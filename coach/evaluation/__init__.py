"""The evaluation harness: labelled cases in, predictions and figures out (Contract 2)."""
