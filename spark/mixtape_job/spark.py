"""What is used of PySpark, where it is installed: without it `--help` works and mistakes are found; nothing else."""

try:
    from pyspark import RDD, SparkConf, SparkContext, SparkFiles, StorageLevel
    from py4j.protocol import Py4JJavaError
    from pyspark.serializers import UTF8Deserializer
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as sql

    ON_DISK = StorageLevel.DISK_ONLY
    MISSING = None
except ModuleNotFoundError as missing:
    MISSING = missing.name
    RDD = SparkConf = SparkContext = SparkFiles = UTF8Deserializer = SparkSession = sql = ON_DISK = None
    Py4JJavaError = ()  # as an exception it is none
